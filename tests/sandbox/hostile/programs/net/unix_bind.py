import socket
s = tried(socket.socket, socket.AF_UNIX)
if s and tried(s.bind, "mine") is None and tried(s.getsockname):
    breach("listens on a UNIX socket")
