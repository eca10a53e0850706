# expect: ok error
# control: none: there is no report without a sandbox
RESULT = []
for _ in range(100_000):
    RESULT = [RESULT]
