fd = syscall(434, TARGET["pid"], 0)
if fd >= 0 and syscall(424, fd, 0, None, 0) == 0:
    breach("pidfd")
