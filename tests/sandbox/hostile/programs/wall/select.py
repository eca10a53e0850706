# expect: time_limit error
# control: endless
import os, select
r, w = os.pipe()
select.select([r], [], [])
