# expect: error crashed
# control: exits
import os
class Leaving(Exception):
    def __str__(self):
        os._exit(3)
raise Leaving
