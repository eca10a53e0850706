import socket
s = tried(socket.socket, socket.AF_UNIX)
if s and tried(s.connect_ex, TARGET["unix"]) == 0:
    breach("a UNIX socket of the host's")
