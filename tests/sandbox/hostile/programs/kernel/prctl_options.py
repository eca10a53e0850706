# expect: ok
for option in [*range(1, 80), 0x59616D61, 0x53564D41, 1 << 32 | 4, 1 << 32 | 38]:
    if option in (15, 16, 39):  # a thread's name, and whether privileges can come back
        continue
    if syscall(157, option, 0, 0, 0, 0) != -1:
        breach(f"prctl {option:#x}")
