# expect: ok
# control: none: it is about what the sandbox does at the end
import sys
class Stream:
    def flush(self):
        raise SystemExit("not flushed")
sys.__stdout__, sys.__stderr__ = Stream(), None
