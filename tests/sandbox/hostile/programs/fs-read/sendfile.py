import os
source = tried(open, TARGET["secret"], "rb")
if source:
    with open("copy", "wb") as copy:
        tried(os.sendfile, copy.fileno(), source.fileno(), 0, 99)
    breach(open("copy").read())
