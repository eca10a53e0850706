import ctypes
if syscall(159, (ctypes.c_uint64 * 26)()) >= 0:
    breach("adjtimex")
