made = syscall(240, b"signalbox-hostile", 0o102, 0o666, None)
if made >= 0:
    breach("POSIX message queue")
    syscall(241, b"signalbox-hostile")
