import ctypes
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
data = (ctypes.c_uint32 * 6)(1, 1, 0, 0, 0, 0)
if syscall(126, header, data) == 0:
    breach("capset gave one")
