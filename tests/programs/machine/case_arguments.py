# intent: - | what a ready() that asks for the command would see, and the environment
import os
import sys

import labsettings

RESULT = [len(sys.argv), sys.argv[1] in ("migrate", "runserver", "shell", "test"), sys.stdin.read()]
RESULT += [name in os.environ for name in ("HOME", "PATH", "LANG")]
RESULT += [os.path.relpath(labsettings.__file__)]
