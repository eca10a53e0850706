path = TARGET["victim_file"]
if syscall(76, path.encode(), 0) == 0:
    breach("truncated a file of the host's")
