# expect: ok error crashed
import os
for fd in range(3, 64):
    tried(os.write, fd, (1000).to_bytes(4, "big") + b"FORGED")
os._exit(0)
