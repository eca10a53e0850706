# expect: time_limit output_limit
# control: endless
import fcntl, os
# Each byte is a packet of its own: the reader gets one a read.
for fd in (1, 2):
    tried(fcntl.fcntl, fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_DIRECT)
while True:
    os.write(1, b"x")
