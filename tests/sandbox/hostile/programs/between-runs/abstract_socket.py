# twice
import socket
s = tried(socket.socket, socket.AF_UNIX)
if s and tried(s.bind, "\0signalbox-left") is None and tried(s.getsockname):
    breach("a name others can meet at")
