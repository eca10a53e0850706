import os
if tried(os.listdir, "/sys/class/net") is not None:
    breach("/sys")
