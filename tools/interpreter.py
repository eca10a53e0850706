"""Find Pythons on this machine. Runs on any Python 3: it is what an old one falls back to."""

import glob
import os
import shutil
import subprocess
import sys


def found(minor):
    """Return the path of a working python3.<minor>, pyenv's folders included, or None."""
    names = ["python3.%d" % minor]
    shim = shutil.which("python3") or ""
    roots = [os.environ.get("PYENV_ROOT"), os.path.expanduser("~/.pyenv")]
    if "/shims/" in shim:
        roots.append(shim.split("/shims/")[0])
    for root in filter(None, roots):
        names += sorted(glob.glob("%s/versions/3.%d.*/bin/python3" % (root, minor)), reverse=True)
    for name in names:
        path = shutil.which(name)
        if path and answers(path, minor):
            return path
    return None


def answers(path, minor):
    """Return whether this interpreter starts and is a CPython 3.<minor>."""
    code = "import sys; print(sys.version_info[1])"
    try:
        done = subprocess.run([path, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.decode().strip() == str(minor)


def start_again():
    """Replace this too old Python by a newer one; without one, say how to get it and leave."""
    for minor in (13, 12, 11, 14):
        path = found(minor)
        if path:
            os.execv(path, [path, os.path.abspath(sys.argv[0])] + sys.argv[1:])
    sys.exit(
        "Signalbox needs Python 3.11 or newer; this is %d.%d.\n"
        "  Debian 12, Ubuntu 24.04: apt install python3 python3-venv\n"
        "  macOS: brew install python@3.13" % sys.version_info[:2]
    )
