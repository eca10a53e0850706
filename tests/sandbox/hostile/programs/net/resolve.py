import socket
if tried(socket.getaddrinfo, "localhost", 80):
    breach("resolves names")
