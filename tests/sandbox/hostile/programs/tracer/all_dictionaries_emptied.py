# expect: ok error crashed time_limit
# control: none: without a sandbox there is no recorder
import gc
for thing in gc.get_objects():
    if type(thing) is dict and thing is not globals():
        tried(thing.clear)
