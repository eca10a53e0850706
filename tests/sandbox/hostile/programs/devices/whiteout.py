import os, stat
open("w", "w").close()
if syscall(316, -100, b"w", -100, b"moved", 4) == 0 and stat.S_ISCHR(os.stat("w").st_mode):
    breach("a device node was made")
