# twice
import ctypes
found = syscall(249, b"user", b"signalbox-hostile", None, -4)
if found >= 0:
    breach("a key of an earlier run")
syscall(248, b"user", b"signalbox-hostile", b"left", 4, -4)
