import os
if os.geteuid() == 0 or os.getuid() == 0:
    breach("runs as root")
