# expect: ok error
import threading
threading._register_atexit(breach, "ran after the report")
