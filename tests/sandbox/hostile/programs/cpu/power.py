# expect: time_limit memory_limit
# control: endless
x = 3 ** (10**9)
