# file: admin.py
# expect: crashed
# control: exits
import os
os.abort()
