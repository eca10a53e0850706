if syscall(427, -1, 4, None, 0) not in (-1, -38):
    breach("io_uring_register is let through")
