# expect: ok error time_limit
# control: endless
class Stubborn:
    def __del__(self):
        while True:
            pass
Stubborn()
