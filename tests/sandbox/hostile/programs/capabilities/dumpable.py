if syscall(157, 4, 1, 0, 0, 0) == 0 and syscall(157, 0x59616D61, -1, 0, 0, 0) == 0:
    breach("lets others trace it")
# control: none: not every kernel has Yama
