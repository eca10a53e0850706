if syscall(101, 16, TARGET["pid"], None, None) == 0:
    breach("ptrace attach")
