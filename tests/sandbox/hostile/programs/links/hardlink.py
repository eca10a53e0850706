import os
if tried(os.link, TARGET["secret"], TARGET["folder"] + "/hard") is None and tried(open, TARGET["folder"] + "/hard"):
    breach("hard link")
