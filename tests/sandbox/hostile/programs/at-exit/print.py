# expect: ok
import atexit
atexit.register(breach, "ran after the report")
