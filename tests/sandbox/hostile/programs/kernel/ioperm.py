if syscall(173, 0x80, 1, 1) == 0:
    breach("ioperm")
# control: none: kernels are often built without it
