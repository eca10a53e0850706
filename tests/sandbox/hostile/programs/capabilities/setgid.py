if syscall(106, 0) == 0 or syscall(116, 0, None) == 0:
    breach("setgid or setgroups")
