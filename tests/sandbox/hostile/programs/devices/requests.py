# Input for a terminal, its console, owners of a socket, asynchronous input, namespaces of a file.
import os
import socket
pair, (read, write) = socket.socketpair(), os.pipe()
for request in (0x5412, 0x541C, 0x8901, 0x8902, 0x8904, 0x5452, 0x5460, 0x8912, 0x1269, 0xB701, 0xB704):
    for fd in (0, 1, 2, read, write, pair[0].fileno()):
        for high in (0, 1 << 32):
            if syscall(16, fd, high | request, ctypes.create_string_buffer(64)) != -1:
                breach(f"ioctl {request:#x} of {fd}")
