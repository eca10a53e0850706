# expect: ok error memory_limit
import resource
if tried(resource.setrlimit, resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY)) is None:
    pass
data = tried(bytearray, 600 * MIB)
if data is not None:
    for i in range(0, len(data), 4096):
        data[i] = 1
    breach("600 MiB after raising the limit")
