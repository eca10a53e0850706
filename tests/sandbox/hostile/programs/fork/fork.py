import os
pid = tried(os.fork)
if pid == 0:
    os._exit(0)
if pid:
    breach("fork")
