# Each kind of namespace, as a child process and as what a thread looks like.
for flag in (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
    for like in (17, 0x10F00):
        pid = syscall(56, flag | like, 0, 0, 0, 0)
        if pid == 0:
            syscall(231, 0)
        if pid > 0:
            breach(f"clone with {flag:#x}")
