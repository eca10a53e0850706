import os
group = TARGET["pid"]
if syscall(62, -group, 0) == 0:
    breach("can signal a group")
