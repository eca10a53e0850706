# The kernel reads 32 bits of a process id; a filter that compares 64 is deceived by the rest.
for high in (1 << 32, 5 << 32, -1 << 32):
    if syscall(62, high | TARGET["pid"], 10) == 0:
        breach("a signal reached another process")
