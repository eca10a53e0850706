if syscall(179, 0x80000100, b"/", 0, None) not in (-1, -38):
    breach("quotactl is let through")
