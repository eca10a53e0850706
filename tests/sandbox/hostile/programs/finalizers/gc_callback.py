# expect: ok error time_limit
# control: endless
import gc, time
gc.callbacks.append(lambda phase, info: time.sleep(10**6))
gc.collect()
