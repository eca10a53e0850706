import os
if syscall(83, (TARGET["folder"] + "/dir").encode(), 0o777) == 0:
    breach("mkdir")
