if syscall(161, b".") == 0:
    breach("chroot")
