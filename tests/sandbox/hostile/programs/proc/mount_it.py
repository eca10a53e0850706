import os
os.mkdir("proc")
if syscall(165, b"proc", b"proc", b"proc", 0, None) == 0:
    syscall(166, b"proc", 2)
    breach("mounted /proc")
