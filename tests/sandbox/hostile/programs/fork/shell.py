import os
if os.system("true") == 0:
    breach("a shell")
