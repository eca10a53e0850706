import os
held = []
try:
    while len(held) < 60:
        held.append(os.open(".", os.O_TMPFILE | os.O_RDWR))
        os.write(held[-1], bytes(MIB))
except OSError:
    pass
if len(held) > 26:
    breach(f"{len(held)} MiB in files without a name")
