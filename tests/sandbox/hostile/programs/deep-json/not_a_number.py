# expect: ok error
# control: none: there is no report without a sandbox
RESULT = [float("nan"), float("inf"), -float("inf"), 1e308 * 10]
