# expect: error crashed memory_limit time_limit
# control: exits
import sys
sys.setrecursionlimit(10**9)
def down(_):
    return sorted([1], key=down)
down(0)
