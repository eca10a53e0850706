# expect: error memory_limit
# control: exits
raise ValueError("x" * 50_000_000)
