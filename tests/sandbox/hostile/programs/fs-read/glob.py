import glob
if glob.glob("/etc/*.conf"):
    breach("glob of /etc")
