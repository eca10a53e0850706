import os
born = 0
for _ in range(3):
    pid = tried(os.fork)
    if pid == 0:
        os._exit(0)
    born += bool(pid)
if born:
    breach(f"{born} children")
