import os, signal
if syscall(62, TARGET["pid"], int(signal.SIGUSR1)) == 0:
    breach("signalled another process")
