text = tried(open, f"/proc/{TARGET['pid']}/environ", "rb")
if text:
    breach("another process's environment")
