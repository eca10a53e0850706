# expect: time_limit
# control: endless
import time
time.sleep(10**6)
