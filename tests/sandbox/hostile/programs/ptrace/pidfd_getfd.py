fd = syscall(434, TARGET["pid"], 0)
if fd >= 0 and syscall(438, fd, 0, 0) >= 0:
    breach("took another process's descriptor")
