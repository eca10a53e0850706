# expect: ok
# control: none: Python itself only prints
class Loud:
    def __del__(self):
        raise BaseException("in a finalizer")
Loud()
