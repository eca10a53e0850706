import os
if syscall(165, None, os.path.dirname(os.__file__).encode(), None, 0x20 | 0x1000, None) == 0:
    breach("remount")
# control: none: a remount of the machine's own library would stay
