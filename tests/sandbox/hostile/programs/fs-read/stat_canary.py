import os
if tried(os.stat, TARGET["secret"]):
    breach("the file can be seen")
