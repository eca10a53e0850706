# expect: ok error crashed time_limit
# control: none: closing hurts only the one who closes
import os
r, w = os.pipe()
for fd in range(3, 64):
    if fd not in (r, w):
        tried(os.dup2, w, fd)
