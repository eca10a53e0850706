import ctypes, os
arguments = (ctypes.c_uint64 * 8)(0, 0, 0, 0, 17, 0, 0, 0)
pid = syscall(435, arguments, 64)
if pid == 0:
    os._exit(0)
if pid > 0:
    breach("clone3")
