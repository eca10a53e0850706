text = tried(open, TARGET["secret"])
if text:
    breach(text.read())
