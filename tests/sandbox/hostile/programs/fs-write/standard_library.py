import os
path = os.path.join(os.path.dirname(os.__file__), "signalbox_hostile.py")
if tried(open, path, "w"):
    breach("wrote into the standard library")
    os.unlink(path)
