# expect: error
# control: exits
class Meta(type):
    @property
    def __name__(cls):
        raise RuntimeError("no name")
class Nameless(Exception, metaclass=Meta):
    pass
raise Nameless("x")
