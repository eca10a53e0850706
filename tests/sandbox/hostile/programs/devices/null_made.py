import os, stat
made = syscall(133, b"null", stat.S_IFCHR | 0o666, os.makedev(1, 3))
if made == 0 and tried(open, "null", "w"):
    breach("made a device")
