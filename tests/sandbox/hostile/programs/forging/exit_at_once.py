# expect: crashed
# control: exits
import os
os._exit(0)
