import fcntl, os, signal
r, w = os.pipe()
if syscall(72, r, 8, TARGET["pid"]) == 0 and fcntl.fcntl(r, 9) == TARGET["pid"]:
    breach("F_SETOWN to another process")
