import os
for name in ("/proc/self/root", "/proc/self/cwd", "/proc/1/root", "/proc/self/exe"):
    if tried(os.readlink, name):
        breach(f"{name} can be read")
        break
