# expect: crashed
# control: exits
import ctypes
ctypes.string_at(0)
