import os
with open("hole", "wb") as file:
    done = tried(file.truncate, 1 << 40)
if done and os.stat("hole").st_blocks > 1 << 20:
    breach("a file of a terabyte")
# control: none: a hole takes no blocks anywhere; here it must not end the run
