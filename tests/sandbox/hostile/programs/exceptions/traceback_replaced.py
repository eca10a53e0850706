# expect: error
# control: exits
import sys, traceback
def gone(*a, **k):
    raise RuntimeError("no traceback for you")
traceback.format_exception = traceback.extract_tb = traceback.walk_tb = gone
traceback.TracebackException = gone
raise ValueError("x")
