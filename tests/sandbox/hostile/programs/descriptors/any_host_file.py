import os
for fd in range(3, 1024):
    about = tried(os.fstat, fd)
    if about and (about.st_dev, about.st_ino) == tuple(TARGET["secret_inode"]):
        breach(f"descriptor {fd} is the secret")
        break
