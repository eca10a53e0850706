if syscall(135, 0x0040000) >= 0:
    breach("personality")
