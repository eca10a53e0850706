import ctypes
old = (ctypes.c_uint64 * 2)()
if syscall(302, TARGET["pid"], 7, None, old) == 0:
    breach("prlimit of another process")
