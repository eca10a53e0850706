# expect: ok error crashed
import os, sys
tried(os.execv, sys.executable, [sys.executable, "-c", "print('BREACH exec of Python')"])
