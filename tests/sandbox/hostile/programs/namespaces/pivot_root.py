import os
os.mkdir("new")
done = syscall(155, b"new", b"new")
if done == 0 or done == -22 or done == -16:
    breach("pivot_root is let through")
