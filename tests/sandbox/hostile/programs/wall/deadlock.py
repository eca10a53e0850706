# expect: time_limit
# control: endless
import threading
lock = threading.Lock()
lock.acquire()
lock.acquire()
