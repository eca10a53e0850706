fd = syscall(41, 2, 1, 0)
if fd >= 0:
    breach("an internet socket")
