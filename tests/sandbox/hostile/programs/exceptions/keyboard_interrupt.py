# expect: error
# control: exits
raise KeyboardInterrupt
