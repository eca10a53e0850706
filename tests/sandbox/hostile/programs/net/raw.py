fd = syscall(41, 2, 3, 1)
if fd >= 0:
    breach("raw socket")
