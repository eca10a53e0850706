# expect: ok error
# control: none: there is no report without a sandbox
RESULT = []
RESULT.append(RESULT)
