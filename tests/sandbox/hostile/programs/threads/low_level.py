# expect: ok error
import _thread, time
lock = _thread.allocate_lock()
lock.acquire()
def wait():
    with lock:
        pass
n = 0
for _ in range(100):
    if tried(_thread.start_new_thread, wait, ()) is not None:
        n += 1
lock.release()
if n > 24:
    breach(f"{n} low-level threads")
