# expect: ok error
# control: none: there is no report without a sandbox
class Text(str):
    def __str__(self):
        raise RuntimeError
    encode = __str__
RESULT = Text("x")
