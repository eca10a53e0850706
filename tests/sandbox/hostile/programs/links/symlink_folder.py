# expect: ok error
import os
os.symlink(TARGET["folder"], "out")
if tried(open, "out/through", "w"):
    breach("wrote through a link")
