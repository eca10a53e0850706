# expect: crashed
# control: none: there is no report without a sandbox
import os, socket
kept, other = socket.socketpair()
os.dup2(4, kept.fileno())
