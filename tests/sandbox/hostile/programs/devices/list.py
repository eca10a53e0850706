import os
if len(tried(os.listdir, "/dev") or ()) > 12:
    breach("the host's devices")
