if syscall(248, b"user", b"signalbox-key", b"x", 1, -2) >= 0:
    breach("made a key")
