import os
pid = tried(os.posix_spawn, "/bin/true", ["true"], {})
if pid:
    breach("posix_spawn")
