import array, fcntl, os
master = tried(os.open, "/dev/ptmx", os.O_RDWR)
if master is not None:
    breach("a terminal of the host's")
