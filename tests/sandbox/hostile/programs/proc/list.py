import os
if any(name.isdigit() for name in tried(os.listdir, "/proc") or ()):
    breach("the list of processes")
