import os
path = TARGET["victim_file"]
tried(os.chmod, path, 0o777)
if os.path.exists(path) and os.stat(path).st_mode & 0o777 == 0o777:
    breach("chmod")
