import array, os, socket
pair = tried(socket.socketpair)
fd = syscall(41, 2, 2, 0)
if pair and fd >= 0:
    pair[0].sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [fd]))])
    breach("passed an internet socket on")
