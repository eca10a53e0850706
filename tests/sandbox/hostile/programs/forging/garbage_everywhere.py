# expect: ok error crashed output_limit
import os
for fd in range(3, 64):
    tried(os.write, fd, b"FORGED garbage\n" * 4)
