# expect: ok error time_limit
# control: none: the control has no terminal either
import sys
sys.stdin.read()
