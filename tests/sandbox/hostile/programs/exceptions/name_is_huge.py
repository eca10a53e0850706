# expect: error
# control: exits
raise type("E" * 100_000, (Exception,), {})("x")
