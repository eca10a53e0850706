# expect: error
# control: exits
class Liar(Exception):
    @property
    def __class__(self):
        raise RuntimeError("who knows")
raise Liar("x")
