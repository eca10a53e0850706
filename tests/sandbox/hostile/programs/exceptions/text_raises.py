# expect: error
# control: exits
class Quiet(Exception):
    def __str__(self):
        raise ValueError("no text")
raise Quiet
