if syscall(234, TARGET["pid"], TARGET["pid"], 0) == 0:
    breach("tgkill")
