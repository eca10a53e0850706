import os
tried(os.chdir, "/")
text = tried(open, TARGET["secret"].lstrip("/"))
if text:
    breach(text.read())
