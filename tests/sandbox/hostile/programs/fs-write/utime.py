import os
if syscall(235, TARGET["victim_file"].encode(), None) == 0:
    breach("utimes")
