# expect: output_limit ok
# control: floods
for _ in range(2000):
    print("x" * 5000)
