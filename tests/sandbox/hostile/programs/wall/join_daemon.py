# expect: time_limit
# control: endless
import threading, time
t = threading.Thread(target=time.sleep, args=(10**6,), daemon=True)
t.start()
t.join()
