# expect: ok error
# control: none: there is no report without a sandbox
RESULT = ["x" * 1000] * 5000
