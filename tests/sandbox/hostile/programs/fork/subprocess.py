import subprocess
if tried(subprocess.run, ["/bin/true"]) is not None:
    breach("subprocess")
