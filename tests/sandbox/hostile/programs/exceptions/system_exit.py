# expect: error
# control: exits
class Status:
    def __str__(self):
        raise RuntimeError
raise SystemExit(Status())
