# expect: time_limit
# control: endless
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
