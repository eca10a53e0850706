import os
fd = syscall(319, b"x", 0)
if fd >= 0:
    os.ftruncate(fd, 256 * MIB)
    for _ in range(256):
        os.write(fd, b"x" * MIB)
    breach("256 MiB in a memfd")
