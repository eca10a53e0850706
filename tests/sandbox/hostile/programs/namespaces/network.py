if syscall(272, 0x40000000) == 0:
    breach("a network namespace")
