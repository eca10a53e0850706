# expect: ok error time_limit
# control: endless
import threading, time
threading.Thread(target=time.sleep, args=(10**6,)).start()
