import gc
wanted = TARGET["canary"][:6] + TARGET["canary"][6:]
texts = [o for o in gc.get_objects() if isinstance(o, dict) and o is not globals() and o is not TARGET]
for d in texts:
    for value in list(d.values()):
        if isinstance(value, str) and value.startswith("env " + wanted):
            breach("the canary in memory")
# control: none: nothing puts it there in the control
