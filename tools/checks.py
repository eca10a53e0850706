"""Every check and every test, in the order of what fails fastest."""

from __future__ import annotations

import glob
import os
import re
import shutil
import subprocess
import sys
import time

import interpreter
from environment import ROOT, VENV, Stop, apt_install, debian_root, install, python, say

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CI = os.environ.get("CI", "").lower() == "true"
# Made up for `check --deploy`, which looks at the settings of a real site.
DEPLOYED = {
    "SECRET_KEY": "a made-up key, long enough and only for the check of deployed settings",
    "ALLOWED_HOSTS": "signalbox.example",
    "HTTPS": "true",
}


def run_all(arguments: list[str]) -> None:
    """Lint, then unit tests, browser tests, the newer Django; Stop at the first failure."""
    started = time.monotonic()
    lint()
    step("Unit tests", "-m", "pytest", "-n", workers(), "-m", "not browser", *arguments)
    skipped = browser_tests(arguments)
    newer_django(arguments)
    say(f"\nAll of it passed in {time.monotonic() - started:.0f} s.{skipped}")


def lint() -> None:
    """Style, spelling, types, imports, migrations, deployed settings, files brought in."""
    step("Format", "-m", "ruff", "format", "--check", "--quiet", ".")
    step("Style", "-m", "ruff", "check", "--quiet", ".")
    step("Spelling", "-m", "codespell_lib", *tracked())
    step("Types", "-m", "mypy")
    step("Imports", "-c", "from importlinter.cli import lint_imports_command as c; c()")
    step("Migrations", "manage.py", "makemigrations", "--check", "--dry-run", env=DEPLOYED)
    step("Settings", "manage.py", "check", "--deploy", "--fail-level", "WARNING", env=DEPLOYED)
    hosts_in_locks()


def tracked() -> list[str]:
    """Return what is spell-checked: the files git knows, or all text where git is missing."""
    try:
        names = subprocess.check_output(["git", "ls-files"], cwd=ROOT, text=True).splitlines()
    except (OSError, subprocess.CalledProcessError):
        return ["."]
    kinds = (".py", ".md", ".html", ".yaml", ".css", ".js", ".toml", ".txt")
    skip = ("static/vendor/", "requirements/")
    return [n for n in names if n.endswith(kinds) and not n.startswith(skip)]


def hosts_in_locks() -> None:
    for path in sorted((ROOT / "requirements").glob("*.txt")):
        if re.search(r"https?://|--index-url|--find-links", path.read_text()):
            raise Stop(f"{path.name} names a package host; compile it with --no-emit-index-url.")


def step(name: str, *arguments: str, env: dict[str, str] | None = None, venv: str = "") -> None:
    """Run one check, quiet when it is good; raise Stop with its output when it is not."""
    print(f"{name} …", end=" ", flush=True)
    started = time.monotonic()
    tests = "pytest" in arguments
    if tests:
        print(flush=True)
    done = subprocess.run(
        [venv or python(), *arguments],
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=not tests,
        text=True,
    )
    if done.returncode:
        raise Stop(f"{done.stdout or ''}{done.stderr or ''}\n{name}: failed.")
    print(f"good ({time.monotonic() - started:.1f} s)", flush=True)


def workers() -> str:
    """Return how many run unit tests: one more than cores, for many wait for a time limit."""
    return str((os.cpu_count() or 2) + 1)


def browser_tests(arguments: list[str]) -> str:
    """Run the browser tests; without a Chromium skip them loudly, or fail under CI=true."""
    if chromium() or (debian_root() and install_chromium()):
        step("Browser tests", "-m", "pytest", "-n", "2", "-m", "browser", *arguments)
        return ""
    count = sum(
        len(re.findall(r"^def test_", path.read_text(), re.M))
        for path in (ROOT / "tests" / "browser").rglob("test_*.py")
    )
    text = f"NO CHROMIUM ON THIS MACHINE: {count} BROWSER TESTS WERE SKIPPED (set CHROMIUM_PATH)"
    if CI:
        raise Stop(f"{text}, and CI must not skip them.")
    say(f"\n{'!' * 78}\n{text}\n{'!' * 78}")
    return f" {count} browser tests were skipped."


def chromium() -> str | None:
    """Return the path of a Chromium: CHROMIUM_PATH, the usual names, Playwright's own."""
    own = glob.glob(os.path.expanduser("~/.cache/ms-playwright/chromium-*/*/chrome"))
    own += glob.glob(os.path.expanduser("~/Library/Caches/ms-playwright/chromium-*/*/*.app"))
    named = os.environ.get("CHROMIUM_PATH")
    if named and not os.access(named, os.X_OK):
        raise Stop(f"CHROMIUM_PATH is {named!r}, which is no program.", 2)
    return named or next(filter(None, map(shutil.which, CHROMIUM)), None) or next(iter(own), None)


def install_chromium() -> bool:
    say("No Chromium yet: installing Debian's (about half a minute) …")
    return apt_install("chromium") and chromium() is not None


def newer_django(arguments: list[str]) -> None:
    """Run the unit tests on Django 6.1 where a Python 3.12 or newer is on the machine (in CI)."""
    if not CI and "DJANGO61" not in os.environ:
        say("Django 6.1 is tested in CI (here: DJANGO61=1 make test).")
        return
    found = next(filter(None, map(interpreter.found, (13, 12, 14))), None)
    if not found:
        say(f"\n{'!' * 78}\nNO PYTHON 3.12 OR NEWER HERE: NOTHING RAN ON DJANGO 6.1\n{'!' * 78}")
        return
    venv = VENV.parent / "var" / "venv-django61"
    venv.parent.mkdir(exist_ok=True)
    install("dev", venv=venv, interpreter=found, file="dev-django61.txt")
    marks = "not browser and not slow"
    step("Django 6.1", "-m", "pytest", "-n", workers(), "-m", marks, *arguments, venv=python(venv))


if __name__ == "__main__":
    sys.exit("Use: python3 tools/dev.py test")
