if syscall(101, 0, 0, None, None) == 0:
    breach("ptrace traceme")
