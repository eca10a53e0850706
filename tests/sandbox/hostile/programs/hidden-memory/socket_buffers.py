import socket
held, pairs = 0.0, []
while held < 200 and len(pairs) < 4000:
    pair = tried(socket.socketpair)
    if not pair:
        break
    pairs.append(pair)
    pair[0].setblocking(False)
    tried(pair[0].setsockopt, socket.SOL_SOCKET, socket.SO_SNDBUF, 8 * MIB)
    tried(pair[0].setsockopt, socket.SOL_SOCKET, 32, 8 * MIB)
    while (n := tried(pair[0].send, b"x" * 65536)):
        held += n / MIB
if held >= 100:
    breach(f"{held:.0f} MiB in sockets")
