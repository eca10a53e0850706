import os
pipe = tried(os.popen, "echo hello")
if pipe and "hello" in pipe.read():
    breach("popen")
