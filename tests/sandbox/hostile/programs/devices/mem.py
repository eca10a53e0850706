import os
fd = tried(os.open, "/dev/mem", os.O_RDONLY)
if fd is None:
    fd = tried(os.open, "/dev/kmsg", os.O_RDONLY)
if fd is not None:
    breach("/dev/mem or /dev/kmsg")
