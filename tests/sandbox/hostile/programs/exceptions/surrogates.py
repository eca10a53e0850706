# expect: error
# control: exits
raise ValueError("\udcff\ud800 lone")
