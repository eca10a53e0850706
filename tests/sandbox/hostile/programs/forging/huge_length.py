# expect: ok error crashed
import os
for fd in range(3, 64):
    tried(os.write, fd, b"\xff" * 64 + b"FORGED")
