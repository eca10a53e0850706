import socket
if tried(socket.create_connection, ("::1", TARGET["port6"]), 2):
    breach("IPv6")
