# expect: ok error
import os
os.symlink(TARGET["secret"], "link")
text = tried(open, "link")
if text:
    breach(text.read())
