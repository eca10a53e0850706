if syscall(430, b"tmpfs", 0) >= 0:
    breach("fsopen")
