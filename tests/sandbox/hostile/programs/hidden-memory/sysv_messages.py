made = syscall(68, 0x51641, 0o1666)
if made >= 0:
    breach("System V messages")
    syscall(71, made, 0, None)
