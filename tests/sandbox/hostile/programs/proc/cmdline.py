text = tried(open, f"/proc/{TARGET['pid']}/cmdline", "rb")
if text:
    breach("another process's command line")
