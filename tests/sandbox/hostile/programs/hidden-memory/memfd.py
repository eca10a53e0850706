import os
fd = tried(os.memfd_create, "x")
if fd is not None:
    held = 0
    while held < 300:
        if tried(os.write, fd, b"x" * MIB) is None:
            break
        held += 1
    if held >= 128:
        breach(f"{held} MiB in a memfd")
