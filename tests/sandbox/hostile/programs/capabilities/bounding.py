held = [n for n in range(41) if syscall(157, 23, n, 0, 0, 0) == 1]
if held:
    breach(f"bounding set {held[:3]}")
