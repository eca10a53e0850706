# expect: ok error crashed
# control: none: there is no report without a sandbox
import gc, os, sys
for o in gc.get_objects():
    if isinstance(o, (bytes, bytearray)) and len(o) in (16, 32):
        for fd in range(3, 64):
            tried(os.write, fd, bytes(o) + b"FORGED" * 10)
