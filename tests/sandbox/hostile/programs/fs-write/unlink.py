import os
if syscall(87, TARGET["victim_file"].encode()) == 0:
    breach("unlink")
