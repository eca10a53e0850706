if syscall(105, 0) == 0 or syscall(117, 0, 0, 0) == 0:
    breach("setuid to root")
