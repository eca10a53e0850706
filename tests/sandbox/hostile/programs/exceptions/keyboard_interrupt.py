# expect: crashed
# control: exits
raise KeyboardInterrupt
