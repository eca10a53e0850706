# expect: ok error crashed time_limit
# control: none: nothing to see outside
import ctypes, signal
signal.signal(signal.SIGSEGV, lambda *a: None)
ctypes.string_at(0)
