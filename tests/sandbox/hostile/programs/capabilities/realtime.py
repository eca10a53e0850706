import ctypes
parameter = (ctypes.c_int * 1)(1)
if syscall(144, 0, 1, parameter) == 0:
    breach("realtime scheduling")
