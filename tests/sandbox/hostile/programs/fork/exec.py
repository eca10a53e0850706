# expect: ok error crashed
import os
tried(os.execv, "/bin/echo", ["echo", "BREACH", "exec"])
