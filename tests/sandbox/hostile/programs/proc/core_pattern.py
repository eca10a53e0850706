if tried(open, "/proc/sys/kernel/core_pattern"):
    breach("the kernel's settings")
