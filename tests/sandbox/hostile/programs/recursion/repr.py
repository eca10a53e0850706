# expect: error
# control: exits
class Deep:
    def __repr__(self):
        return repr(Deep())
raise ValueError(Deep())
