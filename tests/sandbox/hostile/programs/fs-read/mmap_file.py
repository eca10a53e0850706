import mmap
file = tried(open, "/etc/passwd", "rb")
if file:
    breach(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[:5].decode())
