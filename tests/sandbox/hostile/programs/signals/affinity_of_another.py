import ctypes
mask = (ctypes.c_uint64 * 16)()
if syscall(204, TARGET["pid"], 128, mask) > 0:
    breach("affinity of another process")
