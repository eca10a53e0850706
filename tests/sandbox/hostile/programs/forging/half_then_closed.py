# expect: crashed
# control: none: there is no report without a sandbox
import os, time
os.write(4, b"\0\0\1\0" + b"FORGED")
os.close(4)
time.sleep(60)
