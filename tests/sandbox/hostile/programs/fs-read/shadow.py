text = tried(open, "/etc/shadow")
if text:
    breach("/etc/shadow")
