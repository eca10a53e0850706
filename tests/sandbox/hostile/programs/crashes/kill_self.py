# expect: ok crashed
# control: exits
import os, signal
os.kill(os.getpid(), signal.SIGKILL)
