code = syscall(57)
if code == 0:
    import os
    os._exit(0)
if code > 0:
    breach("fork by number")
