if syscall(272, 0x10000000) == 0:
    breach("a user namespace")
