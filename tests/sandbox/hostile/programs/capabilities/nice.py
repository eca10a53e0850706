import os
if syscall(141, 0, 0, -15) == 0:
    breach("took priority over others")
