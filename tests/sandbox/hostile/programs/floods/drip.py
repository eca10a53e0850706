# expect: time_limit output_limit
# control: endless
import time
while True:
    print("drip", flush=True)
    time.sleep(0.01)
