# expect: ok error
# control: none: there is no trace in the control
import gc
for o in gc.get_objects():
    if type(o).__module__.startswith("sandbox") and hasattr(o, "__dict__"):
        try:
            o.__dict__.clear()
        except Exception:
            pass
