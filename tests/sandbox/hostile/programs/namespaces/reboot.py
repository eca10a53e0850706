# control: none: the machine would go down
if syscall(169, 0xFEE1DEAD, 672274793, 0, 0) == 0:
    breach("reboot is let through")
