import ctypes
parameters = (ctypes.c_uint32 * 30)()
fd = syscall(425, 4, parameters)
if fd >= 0:
    breach("io_uring")
