import os
path = "/dev/shm/signalbox-hostile"
fd = tried(os.open, path, os.O_CREAT | os.O_RDWR)
if fd is not None:
    os.write(fd, b"x" * MIB)
    os.unlink(path)
    breach("/dev/shm is open")
