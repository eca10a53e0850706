import os
os.mkdir("mnt")
if syscall(165, b"none", b"mnt", b"tmpfs", 0, None) == 0:
    syscall(166, b"mnt", 2)
    breach("mounted a tmpfs")
