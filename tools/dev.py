#!/usr/bin/env python3
"""The words of the Makefile: install, run, test, lint, bench, soak, lock. Standard library only.

Usage: python3 tools/dev.py WORD [ARGUMENT...]
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

if sys.version_info < (3, 11):  # the reader may well have an older one
    from interpreter import start_again

    start_again()

import checks  # noqa: E402
import locks  # noqa: E402
import serve  # noqa: E402
from environment import ROOT, Stop, in_venv, install  # noqa: E402


def word_help(_: list[str]) -> None:
    """Print the words."""
    print(__doc__)
    for name, function in WORDS.items():
        print(f"  make {name:10} {function.__doc__}")


def word_install(_: list[str]) -> None:
    """Create .venv and install what running needs, from the lock file."""
    install("run")


def word_run(arguments: list[str]) -> None:
    """Start Signalbox on http://127.0.0.1:8000 (PORT=8001, ADDRESS=192.168.1.20 for others)."""
    install("run")
    serve.run(arguments)


def word_test(arguments: list[str]) -> None:
    """Run every check and every test, browser tests included."""
    install("dev")
    checks.run_all(arguments)


def word_lint(_: list[str]) -> None:
    """Run the checks that need no test: style, types, imports, spelling, settings."""
    install("dev")
    checks.lint()


def word_bench(arguments: list[str]) -> None:
    """Measure the sandbox and print one table (JSON under var/bench/)."""
    install("dev")
    in_venv("-m", "bench", *arguments)


def word_soak(arguments: list[str]) -> None:
    """Run many mixed programs, kill the server 100 times: what stays, what is slower (N=10000)."""
    install("dev")
    in_venv("-m", "bench.kills")
    in_venv("-m", "bench.soak", *(arguments or [os.environ.get("N", "10000")]))


def word_lock(_: list[str]) -> None:
    """Compile the lock files again from pyproject.toml (needs uv)."""
    locks.compile_all()


WORDS = {
    name.removeprefix("word_"): function
    for name, function in list(globals().items())
    if name.startswith("word_")
}


def main() -> int:
    word, *arguments = sys.argv[1:] or ["help"]
    if word not in WORDS:
        print(f"No word {word!r}. There are: {', '.join(WORDS)}.", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    try:
        WORDS[word](arguments)
    except Stop as stop:
        print(f"\n{stop}", file=sys.stderr)
        return stop.status
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
