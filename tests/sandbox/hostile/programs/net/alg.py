fd = syscall(41, 38, 5, 0)
if fd >= 0:
    breach("the kernel's crypto sockets")
# control: none: not every kernel has them
