fd = syscall(41, 10, 1, 0)
if fd >= 0:
    breach("an IPv6 socket")
