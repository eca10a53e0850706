# expect: time_limit crashed
# control: none: there is no report without a sandbox
import os, time
os.write(4, b"\0\3\0\0")
while True:
    os.write(4, b"FORGED")
    time.sleep(0.01)
