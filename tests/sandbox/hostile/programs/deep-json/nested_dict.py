# expect: ok error
# control: none: there is no report without a sandbox
RESULT = {}
for _ in range(5_000):
    RESULT = {"a": RESULT}
