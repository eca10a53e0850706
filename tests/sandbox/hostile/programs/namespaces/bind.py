import os
os.mkdir("mnt2")
if syscall(165, b"/etc", b"mnt2", None, 4096, None) == 0:
    syscall(166, b"mnt2", 2)
    breach("bound the host's /etc")
