if syscall(141, 0, TARGET["pid"], 5) == 0:
    breach("setpriority of another process")
