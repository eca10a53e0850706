import os
fd = tried(os.open, TARGET["secret"], os.O_PATH)
if fd is not None:
    breach("a path descriptor of the host's file")
