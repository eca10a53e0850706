# expect: error
# control: none: it is about what the report says
raise SyntaxError("x", ("models.py", 2**40, 1, "x" * 100_000, 1, 1))
