import os
if tried(os.listdir, TARGET["folder"]) is not None:
    breach("a folder of the host")
