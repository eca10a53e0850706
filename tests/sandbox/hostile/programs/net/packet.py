fd = syscall(41, 17, 3, 0)
if fd >= 0:
    breach("packet socket")
