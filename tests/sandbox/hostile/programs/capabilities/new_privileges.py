if syscall(157, 39, 0, 0, 0, 0) != 1:
    breach("may gain privileges by exec")
