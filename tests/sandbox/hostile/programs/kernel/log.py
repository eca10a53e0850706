import ctypes
if syscall(103, 3, (ctypes.c_char * 64)(), 64) > 0:
    breach("the kernel's log")
# control: none: the log may be empty or closed to all
