# expect: ok error crashed
import weakref
class Thing:
    pass
thing = Thing()
weakref.finalize(thing, breach, "ran after the report")
