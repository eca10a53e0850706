path = TARGET["folder"] + "/made"
if tried(open, path, "w"):
    breach("made a file of the host's")
