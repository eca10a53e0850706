import ctypes
attributes = (ctypes.c_uint32 * 32)(2, 4, 8, 1)
if syscall(321, 0, attributes, 128) >= 0:
    breach("bpf")
