import subprocess, sys
if tried(subprocess.run, [sys.executable, "-c", "pass"]) is not None:
    breach("a second Python")
