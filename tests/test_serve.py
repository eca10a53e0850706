"""Serving for a class: the address is this machine's own, and the settings follow it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tutor import sign_in_link

TOOLS = settings.BASE_DIR / "tools"
CODE = """
import os, pathlib, sys
sys.path.insert(0, {tools!r})
import serve
serve.VAR = pathlib.Path(sys.argv[1])
serve.let_others_in(serve.address(), serve.port_number())
from tutor import settings
print(settings.SITE_URL, settings.ALLOWED_HOSTS, len(settings.SECRET_KEY))
"""


def serve(tmp_path, **env):
    return subprocess.run(
        [sys.executable, "-c", CODE.format(tools=str(TOOLS)), str(tmp_path)],
        cwd=settings.BASE_DIR, env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path), **env},
        capture_output=True, text=True,
    )  # fmt: skip


def test_it_works(tmp_path):
    done = serve(tmp_path, ADDRESS="192.168.1.20", PORT="8001")
    assert done.stdout == (
        "http://192.168.1.20:8001 ['192.168.1.20', '127.0.0.1', 'localhost'] 67\n"
    ), done.stderr
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


LINK = """
import sys
from pathlib import Path
sys.path.insert(0, {tools!r})
import serve
serve.python = lambda: sys.executable
print(*serve.sign_in_link(), sep="|")
"""


def test_the_console_says_how_long_the_link_works(tmp_path):
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path)}
    here = {"cwd": settings.BASE_DIR, "env": env, "capture_output": True, "text": True}
    subprocess.run([sys.executable, "manage.py", "migrate", "auth", "-v", "0"], check=True, **here)
    done = subprocess.run([sys.executable, "-c", LINK.format(tools=str(TOOLS))], **here)
    path, _, works = done.stdout.strip().partition("|")
    assert path.startswith("/account/link/") and works == sign_in_link.WORKS, done.stderr


@pytest.mark.parametrize("address", ["0.0.0.0", "laptop", "", "::1"])  # noqa: S104
def test_an_address_that_learners_cannot_type_is_refused(tmp_path, address):
    done = serve(tmp_path, ADDRESS=address)
    assert done.returncode and "such as 192.168.1.20" in done.stderr


def test_an_environment_is_never_made_by_its_own_python():
    # It would be cleared under the feet of the one who makes it.
    made = Path(sys.prefix) / "bin"
    code = "import environment; print(environment.INTERPRETER)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=TOOLS, capture_output=True, text=True, check=True
    )
    assert sys.prefix == sys.base_prefix or Path(done.stdout.strip()).parent != made
