# expect: ok error memory_limit crashed
import mmap
m = tried(mmap.mmap, -1, 400 * MIB)
if m:
    for i in range(0, 400 * MIB, 4096):
        m[i] = 1
    breach("400 MiB shared")
