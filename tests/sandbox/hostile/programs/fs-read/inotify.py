fd = syscall(294, 0)
if fd >= 0 and syscall(254, fd, os.path.dirname(TARGET["secret"]).encode(), 0x2) >= 0:
    breach("watches a folder of the host")
