import socket
s = tried(socket.socket)
if s and tried(s.bind, ("127.0.0.1", 0)) is None and tried(s.getsockname):
    breach("listens on TCP")
