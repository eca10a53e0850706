fd = syscall(41, 16, 3, 0)
if fd >= 0:
    breach("netlink")
