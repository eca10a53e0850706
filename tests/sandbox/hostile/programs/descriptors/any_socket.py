import os, stat
for fd in range(3, 1024):
    about = tried(os.fstat, fd)
    if about and stat.S_ISSOCK(about.st_mode):
        breach(f"descriptor {fd} is a socket")
        break
