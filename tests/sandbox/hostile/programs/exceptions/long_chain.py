# expect: error
# control: exits
error = ValueError("first")
for i in range(20_000):
    following = ValueError(str(i))
    following.__cause__ = error
    error = following
raise error
