done = syscall(175, None, 0, b"")
if done != -1:
    breach("init_module is let through")
