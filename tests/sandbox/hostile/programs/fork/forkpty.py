import os
made = tried(os.forkpty)
if made and made[0] == 0:
    os._exit(0)
if made:
    breach("forkpty")
