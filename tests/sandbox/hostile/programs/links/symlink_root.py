# expect: ok error
import os
os.symlink("/", "slash")
text = tried(open, "slash" + TARGET["secret"])
if text:
    breach(text.read())
