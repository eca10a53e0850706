# expect: ok error
# control: none: there is no report without a sandbox
RESULT = 10**4000
