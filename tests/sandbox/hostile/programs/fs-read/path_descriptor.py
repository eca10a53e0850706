import os
fd = tried(os.open, os.path.dirname(TARGET["secret"]), os.O_PATH | os.O_DIRECTORY)
if fd is not None:
    inner = tried(os.open, os.path.basename(TARGET["secret"]), os.O_RDONLY, dir_fd=fd)
    if inner is not None:
        breach(os.read(inner, 99).decode())
