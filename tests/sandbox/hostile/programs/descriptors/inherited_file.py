import os
text = tried(os.pread, TARGET["fd"], 99, 0)
if text and b"canary" in text:
    breach(text.decode())
