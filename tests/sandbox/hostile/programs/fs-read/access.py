import os
if os.access(TARGET["secret"], os.R_OK):
    breach("access says yes")
