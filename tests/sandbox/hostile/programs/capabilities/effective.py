import ctypes
header = (ctypes.c_uint32 * 2)(0x20080522, 0)
data = (ctypes.c_uint32 * 6)()
if syscall(125, header, data) == 0 and any(data):
    breach(f"capabilities {list(data)}")
