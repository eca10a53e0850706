import os
parent = os.getppid()
if parent and syscall(62, parent, 0) == 0:
    breach("can signal the parent")
