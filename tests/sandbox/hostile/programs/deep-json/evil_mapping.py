# expect: ok error time_limit
# control: none: there is no report without a sandbox
class Endless(dict):
    def items(self):
        while True:
            yield ("k", "v")
    def __iter__(self):
        while True:
            yield "k"
RESULT = Endless(a=1)
