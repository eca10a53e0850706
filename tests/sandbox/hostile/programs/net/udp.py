import socket
s = tried(socket.socket, socket.AF_INET, socket.SOCK_DGRAM)
if s and tried(s.sendto, b"x", ("127.0.0.1", TARGET["port"])):
    breach("UDP")
