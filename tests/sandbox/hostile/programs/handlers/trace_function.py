# expect: ok error time_limit
# control: none: nothing to see outside
import sys, threading
def tracer(*arguments):
    raise RuntimeError("traced")
threading.settrace(tracer)
sys.setprofile(tracer)
sys.settrace(tracer)
