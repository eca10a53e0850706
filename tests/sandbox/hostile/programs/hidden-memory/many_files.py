# expect: ok error memory_limit crashed time_limit
import os
n = 0
while n < 6_000 and tried(os.mkdir, f"d{n}") is None and os.path.isdir(f"d{n}"):
    n += 1
if n >= 6_000:
    breach("6,000 folders")
