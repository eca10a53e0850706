import django, os
path = os.path.join(os.path.dirname(django.__file__), "signalbox_hostile.py")
if tried(open, path, "w"):
    breach("wrote into Django")
    os.unlink(path)
