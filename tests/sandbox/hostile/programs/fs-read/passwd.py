text = tried(open, "/etc/passwd")
if text and "root" in text.read():
    breach("/etc/passwd")
