import socket
if tried(socket.create_connection, ("127.0.0.1", TARGET["port"]), 2):
    breach("TCP")
