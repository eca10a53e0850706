# expect: ok error crashed
# control: none: most kernels are built without x32
if syscall(0x40000000 + 39) > 0:
    breach("an x32 system call")
