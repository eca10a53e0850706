# expect: output_limit time_limit
# control: endless
while True:
    print("more" * 1000)
