# expect: error memory_limit crashed
# control: exits
compile("(" * 100_000 + ")" * 100_000, "deep", "eval")
