if tried(open, "/proc/self/mem", "r+b", buffering=0):
    breach("own memory as a file")
