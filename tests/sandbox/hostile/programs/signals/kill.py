import os, signal
if tried(os.kill, TARGET["pid"], 0) is None and syscall(62, TARGET["pid"], 0) == 0:
    breach("can signal another process")
