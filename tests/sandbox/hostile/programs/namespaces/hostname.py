import os
name = os.uname().nodename.encode()
if syscall(170, name, len(name)) == 0:
    breach("sethostname")
