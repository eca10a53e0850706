import os
path = os.__file__
mode = tried(os.stat, path)
if mode and syscall(90, path.encode(), mode.st_mode & 0o7777) == 0:
    breach("chmod of the standard library")
