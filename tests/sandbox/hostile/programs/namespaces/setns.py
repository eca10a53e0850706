import os
fd = tried(os.open, f"/proc/{TARGET['pid']}/ns/uts", os.O_RDONLY)
if fd is None:
    fd = syscall(434, TARGET["pid"], 0)
if fd is not None and fd >= 0 and syscall(308, fd, 0x04000000) == 0:
    breach("entered another namespace")
