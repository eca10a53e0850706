# file: setup
# expect: time_limit
# control: endless
while True:
    pass
