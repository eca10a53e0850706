import os
if tried(os.mkfifo, TARGET["folder"] + "/fifo") is None and tried(os.stat, TARGET["folder"] + "/fifo"):
    breach("a fifo in the host's folder")
