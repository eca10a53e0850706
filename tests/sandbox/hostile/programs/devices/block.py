import os, stat
made = syscall(133, b"disk", stat.S_IFBLK | 0o666, os.makedev(254, 0))
if made == 0:
    breach("made a block device")
