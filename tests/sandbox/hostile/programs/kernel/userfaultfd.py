if syscall(323, 1) >= 0:
    breach("userfaultfd")
