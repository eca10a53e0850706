# expect: output_limit ok
# control: floods
import sys
for _ in range(2000):
    print("x" * 5000, file=sys.stderr)
