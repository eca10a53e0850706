# expect: time_limit
# control: endless
sum(range(10**13))
