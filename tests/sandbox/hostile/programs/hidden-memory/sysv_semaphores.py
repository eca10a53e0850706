made = syscall(64, 0x51642, 8, 0o1666)
if made >= 0:
    breach("System V semaphores")
    syscall(66, made, 0, 0)
