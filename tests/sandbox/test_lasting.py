"""What lasts: the server is killed, overloaded, replaced by newer code, and the next run works."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from bench import fresh, kills
from sandbox import wire
from sandbox.client import Busy, Sandbox
from sandbox.limits import limit

from .conftest import end, until

pytestmark = [
    pytest.mark.slow,  # servers begin and end, whatever the Django
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


@pytest.fixture
def own(tmp_path):
    sandbox = Sandbox(tmp_path)
    yield sandbox
    end(sandbox)


def test_a_server_killed_at_any_moment_leaves_nothing_and_comes_back(own):
    kills.kill_often(own, 8)  # a hundred times: make soak


def test_overload_is_answered_at_once_and_not_piled_up(own, job):
    own.state()
    slow = job("import time; time.sleep(60)")
    lines = []
    try:
        for number in range(limit("tickets")):
            lines.append(own.greet())
            lines[-1].send(wire.Run(1, f"learner {number}"))
            lines[-1].send(wire.Task(0, msgspec.json.encode(slow)))
        until(lambda: own.state().going + own.state().waiting == limit("tickets"))
        with pytest.raises(Busy, match="Too many people"):
            next(own.run_all([slow]))
    finally:
        for line in lines:
            line.sock.close()
    until(lambda: not own.state().going)
    assert next(own.run_all([job("RESULT = 1")])).result == 1


def test_a_client_that_talks_nonsense_harms_nobody(own, job):
    own.state()
    for data in (b"\xff" * 100, wire.pack(wire.Task(0, b"")), b"\0\0\0\1x", b"GET / HTTP/1.0\n\n"):
        with own.connect() as sock:
            sock.sendall(data)
            sock.settimeout(10)
            try:
                while sock.recv(4096):
                    pass
            except (TimeoutError, ConnectionResetError):
                pass
    assert next(own.run_all([job("RESULT = 1")])).result == 1


@contextlib.contextmanager
def held_up(pid):
    """Stop the server for a while: it then finds all at once what has happened meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    yield
    os.kill(pid, signal.SIGCONT)


def test_a_caller_that_goes_just_as_its_run_ends_takes_nobody_with_it(own, job):
    pid = own.state().pid
    line = own.greet()
    line.send(wire.Run(1, "ann"), wire.Task(0, msgspec.json.encode(job("print(1, flush=True)"))))
    with held_up(pid):
        time.sleep(0.5)
        line.sock.close()
    assert next(own.run_all([job("RESULT = 1")], who="ann")).result == 1
    assert own.state().pid == pid


def test_callers_that_go_before_they_are_heard_take_no_place_with_them(own, job):
    pid = own.state().pid
    task = wire.Task(0, msgspec.json.encode(job()))
    for number in range(limit("tickets")):
        with held_up(pid), own.connect() as sock:
            said = (wire.Ask(), wire.Run(9, f"learner {number}"), task)
            sock.sendall(b"".join(map(wire.pack, said)))
    assert next(own.run_all([job("RESULT = 1")])).result == 1
    assert own.state().pid == pid


def test_a_job_that_is_none_ends_only_its_own_run(own, job):
    with own.line() as line:
        line.send(wire.Run(1))
        line.send(wire.Task(0, b'{"program": 1}'))
        assert line.hear(wire.Ran).cause == "died"
    assert next(own.run_all([job("RESULT = 1")])).result == 1


def test_newer_code_gets_a_server_of_its_own_and_the_old_one_ends(own, job):
    old = own.state()
    own.name = own.name.rsplit("-", 1)[0] + "-newer"
    new = own.state()
    assert new.pid != old.pid
    kills.wait_until_gone([old.pid])
    os.kill(new.pid, signal.SIGKILL)
    kills.wait_until_gone([new.pid])
    own.name = own.name.replace("newer", "newest")
    own.state()
    assert [path.stem for path in own.folder.glob("*.sock")] == [own.name]


def test_a_server_whose_socket_is_gone_ends(own):
    state = own.state()
    own.address.unlink()
    kills.wait_until_gone([state.pid])


def test_the_folder_and_the_socket_are_private(own):
    own.state()
    assert own.folder.stat().st_mode & 0o777 == 0o700
    assert own.address.stat().st_mode & 0o777 == 0o600


def test_the_server_starts_clean(own):
    os.environ["CANARY"] = "of the site"
    try:
        pid = own.state().pid
    finally:
        del os.environ["CANARY"]
    pids = list(fresh.processes(own))
    for each in pids:
        variables = Path(f"/proc/{each}/environ").read_bytes().split(b"\0")
        names = {variable.split(b"=")[0] for variable in variables}
        assert names <= {b"", b"PYTHONPATH", b"PYTHONHASHSEED", b"MALLOC_ARENA_MAX"}
    assert os.getsid(pid) != os.getsid(0)


def test_a_caller_that_ends_leaves_the_server_to_others(tmp_path, job):
    sandbox = Sandbox(tmp_path)
    code = (
        "from django.conf import settings; settings.configure()\n"
        "import sys, pathlib; from sandbox.client import Sandbox\n"
        "print(Sandbox(pathlib.Path(sys.argv[1])).state().pid)"
    )
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True
    )
    try:
        assert sandbox.state().pid == int(done.stdout), done.stderr
    finally:
        end(sandbox)


CLICKS = """
import pathlib, sys
from django.conf import settings; settings.configure()
from sandbox.client import Busy, Sandbox
from sandbox.program import Job
box, granted = Sandbox(pathlib.Path(sys.argv[1])), 0
for _ in range(15):
    while True:
        try:
            job = Job("p", "v", "c", {"models.py": ""}, action="")
            granted += next(box.run_all([job], who="ann")).outcome == "ok"
        except Busy as busy:
            if "one run going" in str(busy):
                continue
        break
print(granted)
"""


def test_a_learners_bucket_is_the_same_in_all_processes_of_the_site(own):
    own.state()
    root = Path(__file__).resolve().parents[2]
    began = time.monotonic()
    command = [sys.executable, "-c", CLICKS, str(own.folder)]
    clicking = [
        subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    granted = sum(int(each.communicate()[0]) for each in clicking)
    refilled = (time.monotonic() - began) * limit("refill") / 60
    assert limit("bucket") <= granted <= min(60, limit("bucket") + refilled)
    assert {each.returncode for each in clicking} == {0}
