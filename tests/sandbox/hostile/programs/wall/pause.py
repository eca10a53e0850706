# expect: time_limit error
# control: endless
import signal
signal.pause()
