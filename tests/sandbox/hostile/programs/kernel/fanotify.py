if syscall(300, 0, 0) >= 0:
    breach("fanotify")
