fd = syscall(447, 0)
if fd >= 0:
    breach("memfd_secret")
# control: none: kernels are often started without it
