"""The lock files: every package with its hashes, no address of any host."""

from __future__ import annotations

import shutil
import subprocess
import tempfile

from environment import ROOT, Stop

# Name of the lock file: lowest Python, the constraint on Django, extra arguments.
LOCKS = {
    "run": ("3.11", "Django<6", ()),
    "dev": ("3.11", "Django<6", ("--group", "dev")),
    "dev-django61": ("3.12", "Django>=6.1", ("--group", "dev")),
}


def compile_all() -> None:
    """Write requirements/*.txt anew; raise Stop without uv or when nothing fits."""
    uv = shutil.which("uv")
    if not uv:
        raise Stop("Compiling the lock files needs uv: pip install uv")
    for name, (lowest, django, extra) in LOCKS.items():
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as constraint:
            constraint.write(django)
            constraint.flush()
            command = [uv, "pip", "compile", "--universal", "--python-version", lowest]
            command += ["--generate-hashes", "--no-header", "--no-annotate", "--quiet"]
            command += ["--no-emit-index-url", "-c", constraint.name, "pyproject.toml", *extra]
            command += ["-o", f"requirements/{name}.txt"]
            if subprocess.run(command, cwd=ROOT).returncode:
                raise Stop(f"requirements/{name}.txt could not be compiled.")
