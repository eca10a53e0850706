import os, signal
pid = syscall(56, int(signal.SIGCHLD), 0, 0, 0, 0)
if pid == 0:
    os._exit(0)
if pid > 0:
    breach("clone")
