# expect: ok error
# control: none: there is no report without a sandbox
RESULT = {(1, 2): "tuple", None: 1, True: 2, b"x": 3}
