# expect: ok error crashed time_limit output_limit
# control: none: there is no report without a sandbox
import os
os.write = lambda *a: time.sleep(10**6)
