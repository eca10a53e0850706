# expect: error
# control: exits
class Final(BaseException):
    pass
raise Final("x")
