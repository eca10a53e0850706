if syscall(272, 0x00020000) == 0:
    breach("a mount namespace")
