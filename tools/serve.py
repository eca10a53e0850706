"""Start the site: database, cards, static files, a real server, a link for the instructor."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import ipaddress
import os
import secrets
import signal
import socket
import subprocess
import sys
import time

from environment import ROOT, VAR, Stop, in_venv, python, say

THIS_MACHINE = "127.0.0.1"
RETIRE = "import django; django.setup(); from sandbox import client; client.default().retire()"


def run(arguments: list[str]) -> None:
    """Serve on PORT (8000) until Ctrl-C; raise Stop when the port is taken."""
    port, host = port_number(), address()
    refuse_taken(port)
    VAR.mkdir(exist_ok=True)
    os.environ["DJANGO_SETTINGS_MODULE"] = "tutor.settings"
    if host != THIS_MACHINE:
        let_others_in(host, port)
    prepare()
    for number in (signal.SIGTERM, signal.SIGHUP):  # as good an end as Ctrl-C
        signal.signal(number, lambda *_: sys.exit(0))
    server = subprocess.Popen(server_command(port), cwd=ROOT, start_new_session=True)
    try:
        wait_until_it_answers(server, port)
        say(f"\n  Signalbox       http://{host}:{port}/")
        path, works = sign_in_link()
        say(f"  As instructor   http://{host}:{port}{path}")
        say(f"                  ({works}; the next start prints another)")
        say("\n  Ctrl-C stops it.\n")
        server.wait()
        raise Stop("The server ended by itself; its last words are above.")
    finally:
        stop(server)


def port_number() -> int:
    text = os.environ.get("PORT", "8000")
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise Stop(f"PORT is {text!r}; expected a number from 1 to 65535.", 2)
    return int(text)


def address() -> str:
    """Return ADDRESS, one of this machine's in its network; without it, only this machine's."""
    text = os.environ.get("ADDRESS", THIS_MACHINE)
    try:
        found = ipaddress.IPv4Address(text)
    except ValueError:
        found = ipaddress.IPv4Address(0)
    if found.is_unspecified:
        raise Stop(f"ADDRESS is {text!r}; expected this machine's own, such as 192.168.1.20.", 2)
    return text


def let_others_in(host: str, port: int) -> None:
    """Set what a site needs that other devices reach: its hosts, its address, a kept key."""
    key = VAR / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(50))
    os.environ.setdefault("SECRET_KEY", key.read_text())
    os.environ.setdefault("ALLOWED_HOSTS", f"{host},127.0.0.1,localhost")
    os.environ.setdefault("SITE_URL", f"http://{host}:{port}")


def refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address(), port))
        except PermissionError:
            raise Stop(f"Port {port} is not for ordinary users. Try: PORT=8000 make run") from None
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                raise Stop(f"This machine does not have the address {address()}.", 2) from None
            free = next(p for p in range(port + 1, port + 100) if is_free(p))
            raise Stop(
                f"Port {port} is taken by another program. Try: PORT={free} make run"
            ) from None


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((address(), port)) != 0


def prepare() -> None:
    """Migrate, load the cards and collect the static files, unless nothing of it has changed."""
    stamp, now = VAR / "prepared", state()
    if stamp.exists() and stamp.read_text() == now and database_there():
        return
    stamp.unlink(missing_ok=True)
    for text, command in (
        ("Preparing the database …", ["migrate", "--verbosity", "0"]),
        ("Loading the cards …", ["load_cards"]),
        ("Collecting static files …", ["collectstatic", "--no-input", "--clear", "-v", "0"]),
    ):
        say(text)
        in_venv("manage.py", *command)
    stamp.write_text(now)


def database_there() -> bool:
    return "DATABASE_URL" in os.environ or (VAR / "signalbox.sqlite3").exists()


def state() -> str:
    """Return a digest over everything that preparing depends on."""
    total = hashlib.sha256(os.environ.get("DATABASE_URL", "").encode())
    total.update((ROOT / ".venv" / "signalbox-stamp").read_bytes())
    for folder in ("fixtures", "static", "questions", "tutor", "sandbox"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                about = path.stat()
                total.update(f"{path} {about.st_size} {about.st_mtime_ns}\n".encode())
    return total.hexdigest()


def server_command(port: int) -> list[str]:
    gunicorn = [python(), "-m", "gunicorn", "tutor.wsgi", "--bind", f"{address()}:{port}"]
    return gunicorn + [
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--no-control-socket", "--log-level", "warning", "--graceful-timeout", "3"),
    ]


def wait_until_it_answers(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise Stop("The server did not start; its last words are above.")
        if not is_free(port):
            return
        time.sleep(0.05)
    raise Stop("The server does not answer after 60 s.")


def sign_in_link() -> tuple[str, str]:
    """Return the path that signs the instructor in, and how long it does so in words."""
    command = [python(), "manage.py", "sign_in_link", "--verbosity", "2"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise Stop(f"{done.stderr}\nNo link for the instructor could be made.")
    path, works = done.stdout.splitlines()
    return path, works


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server, and let the sandbox's fork server end as well."""
    if server.poll() is None:
        say("Stopping …")
        server.terminate()
        try:
            server.wait(5)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGKILL)
    subprocess.run([python(), "-c", RETIRE], cwd=ROOT)
