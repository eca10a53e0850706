# expect: crashed
# control: exits
import os
os.abort()
