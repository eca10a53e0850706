import fcntl, os
fd = tried(os.open, os.__file__, os.O_RDONLY)
if fd is not None and tried(lambda: fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB) is None):
    inside = os.fstat(fd)
    if (inside.st_dev, inside.st_ino) == tuple(TARGET["os_file"]):
        breach("locks a file that other runs share")
# control: none: the shared library file may be locked by reading rights alone; only seen here
