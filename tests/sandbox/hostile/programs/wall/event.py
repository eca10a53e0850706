# expect: time_limit
# control: endless
import threading
threading.Event().wait()
