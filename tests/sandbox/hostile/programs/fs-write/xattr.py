if syscall(188, TARGET["victim_file"].encode(), b"user.x", b"y", 1, 0) == 0:
    breach("setxattr")
