if syscall(101, 0x4206, TARGET["pid"], None, None) == 0:
    breach("ptrace seize")
