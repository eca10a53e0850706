held = 0
with open("fill", "wb") as file:
    while held < 300:
        if tried(file.write, b"x" * MIB) is None or tried(file.flush) is None and file.tell() < held * MIB:
            break
        held += 1
import os
if os.path.getsize("fill") >= 200 * MIB:
    breach(f"{held} MiB in files")
# expect: ok error memory_limit crashed
