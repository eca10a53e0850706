# expect: time_limit
# control: endless
import re
re.match(r"(a+)+$", "a" * 60 + "b")
