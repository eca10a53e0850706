# twice
if syscall(29, TARGET["key"], 4096, 0o666) >= 0:
    breach("memory of an earlier run")
syscall(29, TARGET["key"], 4096, 0o1666)
