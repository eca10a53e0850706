file = tried(open, TARGET["secret"], "a")
if file:
    breach("may append to a file of the host's")
