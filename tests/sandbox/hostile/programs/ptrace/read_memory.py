import ctypes
buffer = ctypes.create_string_buffer(64)
local = (ctypes.c_uint64 * 2)(ctypes.addressof(buffer), 64)
remote = (ctypes.c_uint64 * 2)(TARGET["address"], 64)
if syscall(310, TARGET["pid"], local, 1, remote, 1, 0) > 0:
    breach("read another process's memory")
