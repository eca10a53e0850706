# file: apps.py
# expect: ok error
text = tried(open, TARGET["secret"])
if text:
    breach(text.read())
