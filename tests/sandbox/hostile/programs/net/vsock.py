fd = syscall(41, 40, 1, 0)
if fd >= 0:
    breach("vsock")
# control: none: not every kernel has vsock
