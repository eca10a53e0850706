# expect: output_limit ok
# control: floods
import os
for _ in range(300):
    os.write(1, b"y" * 65536)
    os.write(2, b"z" * 65536)
