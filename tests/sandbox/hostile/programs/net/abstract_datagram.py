import socket
pair = tried(socket.socketpair, socket.AF_UNIX, socket.SOCK_DGRAM)
if pair and tried(pair[0].sendto, b"BREACH", TARGET["abstract_datagram"]):
    breach("a datagram from a socket pair to the host")
