import ctypes
info = (ctypes.c_int * 32)(10, 0, -1)
if syscall(129, TARGET["pid"], 10, info) == 0:
    breach("rt_sigqueueinfo")
