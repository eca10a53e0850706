# expect: ok error memory_limit crashed time_limit
import mmap
maps = []
while len(maps) < 400:
    m = tried(mmap.mmap, -1, MIB)
    if m is None:
        break
    for i in range(0, MIB, 4096):
        m[i] = 1
    maps.append(m)
if len(maps) >= 400:
    breach("400 small maps")
