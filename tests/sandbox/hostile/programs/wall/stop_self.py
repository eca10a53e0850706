# expect: time_limit ok
# control: endless
import os, signal
os.kill(os.getpid(), signal.SIGSTOP)
while True:
    signal.pause()
