# expect: ok error crashed
# control: none: nothing to see outside
import sys
def hook(event, arguments):
    if event != "sys.addaudithook":
        raise RuntimeError(event)
sys.addaudithook(hook)
