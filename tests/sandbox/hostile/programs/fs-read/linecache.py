import linecache
if linecache.getline("/etc/passwd", 1):
    breach("linecache")
