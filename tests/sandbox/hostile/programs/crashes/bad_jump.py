# expect: crashed
# control: exits
import ctypes
ctypes.CFUNCTYPE(None)(1)()
