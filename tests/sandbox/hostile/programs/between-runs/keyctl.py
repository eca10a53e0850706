if syscall(250, 0, -5, 1) >= 0:
    breach("keyctl")
