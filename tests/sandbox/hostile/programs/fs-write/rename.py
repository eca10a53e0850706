import os
if syscall(82, TARGET["victim_file"].encode(), (TARGET["folder"] + "/moved").encode()) == 0:
    breach("rename")
