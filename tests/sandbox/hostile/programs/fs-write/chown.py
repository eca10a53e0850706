import os
path = TARGET["victim_file"]
about = tried(os.stat, path)
if about and syscall(92, path.encode(), about.st_uid, about.st_gid) == 0:
    breach("chown")
