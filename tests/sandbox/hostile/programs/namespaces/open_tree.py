if syscall(428, -100, b"/", 1) >= 0:
    breach("open_tree")
