"""The site as it is served: gunicorn, hashed static files, a database of its own."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from django.conf import settings

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Give the address of a site that was migrated, loaded, collected and started."""
    env = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path_factory.mktemp("var")),
        "SECRET_KEY": "only for the tests of the server",
        "DJANGO_SETTINGS_MODULE": "tutor.settings",
    }
    for command in (["migrate", "-v", "0"], ["load_cards"], ["collectstatic", "--no-input"]):
        manage = [sys.executable, "manage.py", *command]
        subprocess.run(manage, cwd=settings.BASE_DIR, env=env, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "tutor.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "4", "--no-control-socket"]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stderr=subprocess.DEVNULL)
    try:
        yield wait(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def wait(address):
    for _ in range(400):
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return address
        except urllib.error.URLError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def get(address):
    with urllib.request.urlopen(address, timeout=10) as response:
        return response.headers, response.read()


@pytest.mark.parametrize("path", ["/", "/cards/", "/cards/profile-update/", "/quiz/"])
def test_every_static_file_of_a_page_is_there(site, path):
    _, page = get(site + path)
    links = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()))
    assert links
    for link in links:
        headers, body = get(site + link)
        assert body
        assert "immutable" in headers["Cache-Control"], link


def test_the_content_policy_is_sent(site):
    headers, _ = get(site)
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
