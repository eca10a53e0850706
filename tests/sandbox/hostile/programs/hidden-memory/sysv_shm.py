made = syscall(29, 0x51640, MIB, 0o1666)
if made >= 0:
    breach("System V shared memory")
    syscall(31, made, 0, None)
