# expect: ok error
if syscall(157, 22, 0, 0, 0, 0) == 0:
    breach("turned seccomp off")
# control: none: without a filter there is nothing to turn off
