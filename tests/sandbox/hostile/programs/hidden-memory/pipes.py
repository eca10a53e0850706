import fcntl, os
held, pipes = 0, []
while held < 200:
    made = tried(os.pipe)
    if not made:
        break
    pipes.append(made)
    if tried(fcntl.fcntl, made[1], 1031, MIB) is None:
        pass
    os.set_blocking(made[1], False)
    while (n := tried(os.write, made[1], b"x" * 65536)):
        held += n / MIB
if held >= 100:
    breach(f"{held:.0f} MiB in pipes")
