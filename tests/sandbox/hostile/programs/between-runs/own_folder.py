# twice
import os
if os.path.exists("left-behind"):
    breach("a file of an earlier run")
open("left-behind", "w").close()
