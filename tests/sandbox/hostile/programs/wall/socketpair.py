# expect: time_limit
# control: endless
import socket
a, b = socket.socketpair()
a.recv(1)
