"""The project's own environment: .venv, made from the lock files with hashes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VAR = ROOT / "var"

# Never that of an environment: it may be the one that is cleared and made anew.
INTERPRETER: str = getattr(sys, "_base_executable", None) or sys.executable


class Stop(Exception):
    """A step failed; the text says what to do. `status` is the exit status."""

    def __init__(self, text: str, status: int = 1) -> None:
        super().__init__(text)
        self.status = status


def python(venv: Path = VENV) -> str:
    return str(venv / "bin" / "python")


def in_venv(*arguments: str, env: dict[str, str] | None = None) -> None:
    """Run the environment's Python with these arguments; raise Stop when it fails."""
    done = subprocess.run([python(), *arguments], cwd=ROOT, env={**os.environ, **(env or {})})
    if done.returncode:
        raise Stop(f"Failed: python {' '.join(arguments[:4])}", done.returncode)


def install(
    lock: str, *, venv: Path = VENV, interpreter: str = INTERPRETER, file: str = ""
) -> None:
    """Bring `venv` to requirements/<lock>.txt; do nothing when it is there already.

    `dev` holds everything of `run`, so an environment made for tests also runs the site.
    """
    requirements = ROOT / "requirements" / (file or f"{lock}.txt")
    wanted = f"{lock} {digest(requirements)} {version(interpreter)}"
    stamp = venv / "signalbox-stamp"
    have = stamp.read_text().splitlines() if stamp.exists() else []
    if wanted in have and Path(python(venv)).exists():
        return
    if not have:
        make_venv(venv, interpreter)
    stamp.unlink(missing_ok=True)
    pip_install(requirements, venv)
    done = [wanted]
    if lock == "dev" and not file:
        done.append(f"run {digest(ROOT / 'requirements' / 'run.txt')} {version(interpreter)}")
    stamp.write_text("\n".join(done) + "\n")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def version(interpreter: str) -> str:
    if interpreter == INTERPRETER:
        return sys.version.split()[0]
    code = "import sys; print(sys.version.split()[0])"
    return subprocess.check_output([interpreter, "-c", code], text=True).strip()


def make_venv(venv: Path, interpreter: str) -> None:
    say(f"Making {venv.name} with Python {version(interpreter)} …")
    shutil.rmtree(venv, ignore_errors=True)
    command = [interpreter, "-m", "venv", str(venv)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and debian_root():
        say("This Python cannot make environments yet: installing python3-venv …")
        apt_install(f"python3.{sys.version_info.minor}-venv", "python3-venv")
        shutil.rmtree(venv, ignore_errors=True)
        done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        shutil.rmtree(venv, ignore_errors=True)
        raise Stop(
            f"{done.stdout}{done.stderr}\nNo environment could be made."
            "\nOn Debian or Ubuntu: apt install python3-venv, then the same command again."
        )


def pip_install(requirements: Path, venv: Path) -> None:
    """Install with hashes, showing how far it is; raise Stop with pip's last words."""
    total = sum("==" in line for line in requirements.read_text().splitlines())
    command = [python(venv), "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(requirements)]
    say(f"Installing up to {total} packages from requirements/{requirements.name} …")
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=ROOT
    )
    lines, seen, started = [], 0, time.monotonic()
    for line in process.stdout or ():
        lines.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            seen += 1
            progress(seen, total, line.split()[1] if line.startswith("C") else "")
        elif line.startswith("Installing collected"):
            progress(total, total, "unpacking")
    if sys.stdout.isatty():
        print()
    if process.wait():
        raise Stop("".join(lines[-15:]) + "\nThe packages could not be installed (see above).")
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def progress(count: int, total: int, what: str) -> None:
    """Draw a bar on a terminal; elsewhere say every tenth package."""
    count = min(count, total)
    if sys.stdout.isatty():
        bar = "█" * (24 * count // total)
        print(f"\r  {bar:░<24} {count}/{total} {what[:40]:40}", end="", flush=True)
    elif count % 10 == 0:
        print(f"  {count}/{total}", flush=True)


def say(text: str) -> None:
    print(text, flush=True)


def debian_root() -> bool:
    return shutil.which("apt-get") is not None and os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install the first of these Debian packages that can be had; return whether one was."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=env, **quiet)
    for package in packages:
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        if subprocess.run(command, env=env, **quiet).returncode == 0:
            return True
    return False
