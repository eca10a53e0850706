import ctypes
if syscall(154, 0, (ctypes.c_char * 64)(), 64) >= 0:
    breach("modify_ldt")
