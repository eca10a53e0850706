import socket
s = tried(socket.socket, socket.AF_UNIX)
if s and tried(s.connect_ex, TARGET["abstract"]) == 0:
    breach("an abstract socket of the host's")
