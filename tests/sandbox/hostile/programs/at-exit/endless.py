# expect: ok
# control: endless
import atexit
def forever():
    while True:
        pass
atexit.register(forever)
