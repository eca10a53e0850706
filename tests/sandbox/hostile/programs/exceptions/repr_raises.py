# expect: error
# control: exits
class Quiet(Exception):
    def __repr__(self):
        raise ValueError("no text")
    __str__ = __repr__
raise Quiet("x")
