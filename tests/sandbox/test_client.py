"""The sandbox as the site sees it: jobs in, reports out."""

import os
import signal
import threading

import msgspec
import pytest

from sandbox import wire
from sandbox.client import Busy, Sandbox, Unavailable
from sandbox.limits import limit

from .conftest import end, until

MAIL = "from django.core.mail import send_mail; send_mail('Hi', '', None, ['a@example.com'])"


def test_it_works(run):
    report = run(f"{MAIL}\nprint('said')\nRESULT = [1]")
    assert report.outcome == "ok"
    assert report.emails_sent == report.recipients == 1
    assert report.result == [1]
    assert report.stdout == "said\n"
    assert report.tier == "full"
    assert report.cpu_ms > 0 and report.wall_ms > 0 and 20 < report.peak_rss_mb < 256


def test_reports_come_in_the_order_of_the_jobs(box, job):
    jobs = [job(f"RESULT = {number}") for number in range(12)]
    assert [report.result for report in box.run_all(jobs)] == list(range(12))


def test_nothing_stays_from_one_run_to_the_next(run):
    run("import builtins, os; builtins.left = 1; open('left', 'w').close()")
    report = run(
        "import builtins, os; RESULT = [hasattr(builtins, 'left'), os.path.exists('left')]"
    )
    assert report.result == [False, False]


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        ("1 / 0", "error"),
        ("while True: pass", "time_limit"),
        ("import time; time.sleep(60)", "time_limit"),
        ("x = bytearray(400 << 20)", "memory_limit"),
        ("x = []\nwhile True: x.append(bytearray(1 << 20))", "memory_limit"),
        ("print('x' * 100_000)", "output_limit"),
        ("while True: print('x' * 10_000)", "output_limit"),
        ("import os; os._exit(3)", "crashed"),
        ("import os; os.abort()", "crashed"),
        ("import ctypes; ctypes.string_at(0)", "crashed"),
    ],
)
def test_every_outcome_is_a_report(run, action, outcome):
    report = run(action)
    assert report.outcome == outcome
    assert (report.error is None) == (outcome == "output_limit" and not report.error)


def test_an_error_on_no_line_is_told_like_any_other(run):
    report = run(
        "def fails():\n    1 / 0\n"
        "fails.__code__ = fails.__code__.replace(co_linetable=b'')\nfails()"
    )
    assert (report.outcome, report.error.type) == ("error", "ZeroDivisionError")


def test_a_caught_memory_error_leads_to_a_report(run):
    report = run("try:\n    x = bytearray(400 << 20)\nexcept MemoryError:\n    RESULT = 'caught'")
    assert (report.outcome, report.result) == ("ok", "caught")


def test_output_is_kept_cut_and_cleaned(run):
    report = run("import sys; print('a\\x1b[31mred\\x07'); sys.stderr.buffer.write(b'\\xff' * 9)")
    assert report.stdout == "ared\n"
    assert report.stderr == "\ufffd" * 9
    report = run("print('x' * 70_000)")
    assert len(report.stdout) == 64 * 1024 and report.stdout_cut


def test_a_report_with_all_its_output_is_within_its_limit(run):
    report = run("import os\nfor fd in 1, 2: os.write(fd, b'\"\\xff' * 32_768)")
    assert len(msgspec.json.encode(report)) <= limit("report")
    assert report.stdout_cut and report.stderr_cut and len(report.stdout) > 40_000
    assert report.outcome == "ok"


def test_rows_too_many_to_tell_are_no_crash(run):
    report = run(
        "from django.db import models\n"
        "meta = {'app_label': 'cardapp', 'db_table': 'django_content_type'}\n"
        "for n in range(20):\n"
        "    body = {'__module__': 'cardapp.models', 'Meta': type('Meta', (), meta)}\n"
        "    type('M' * 20_000 + str(n), (models.Model,), body)\n"
    )
    assert (report.outcome, report.rows) == ("ok", {"?": "TooLong"})


def test_a_caller_may_have_less_time(run):
    report = run("import time; time.sleep(60)", wall_s=0.3)
    assert report.outcome == "time_limit"
    assert report.wall_ms < 5000


def test_threads_are_bounded(run):
    report = run(
        "import threading, time\nmade = 0\ntry:\n"
        "    for made in range(40):\n"
        "        threading.Thread(target=time.sleep, args=(1,), daemon=True).start()\n"
        "except RuntimeError:\n    RESULT = made\n"
    )
    assert report.result == 16


def test_a_run_can_be_stopped(box, job):
    reports = []

    def wait():
        reports.extend(box.run_all([job("import time; time.sleep(60)")], run_id="mine"))

    thread = threading.Thread(target=wait)
    thread.start()
    until(lambda: box.state().going)
    box.stop("another")
    assert box.state().going == 1
    box.stop("mine")
    thread.join()
    assert reports[0].outcome == "time_limit"
    assert reports[0].error.type == "Stopped"


def test_a_caller_that_goes_away_ends_its_run(box, job):
    with box.line() as line:
        line.send(wire.Run(1))
        line.send(wire.Task(0, msgspec.json.encode(job("import time; time.sleep(60)"))))
        until(lambda: box.state().going)
    until(lambda: not box.state().going, seconds=limit("wall") - 2)  # by itself it ends later


def test_a_learner_has_one_run_going_and_one_waiting(box, job):
    slow = [job("import time; time.sleep(60)")]
    threads = [
        threading.Thread(target=lambda: list(box.run_all(slow, who="ann", run_id="anns")))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    until(lambda: box.state().going + box.state().waiting == 2)
    assert box.state().going == 1
    with pytest.raises(Busy, match="one run going and one waiting"):
        list(box.run_all(slow, who="ann"))
    assert next(box.run_all([job("RESULT = 1")], who="bob")).result == 1
    box.stop("anns")
    for thread in threads:
        thread.join()


@pytest.fixture
def own(tmp_path):
    sandbox = Sandbox(tmp_path)
    yield sandbox
    end(sandbox)


def test_a_killed_server_is_replaced(own, job):
    first = own.state().pid
    os.kill(first, signal.SIGKILL)
    assert next(own.run_all([job("RESULT = 1")])).result == 1
    assert own.state().pid != first


def test_a_caller_waiting_while_it_is_killed_is_told_to_try_again(own, job):
    caught = []

    def wait():
        try:
            list(own.run_all([job("import time; time.sleep(60)")]))
        except Unavailable as error:
            caught.append(str(error))

    thread = threading.Thread(target=wait)
    thread.start()
    until(lambda: own.state().going)
    family = own.state().pids
    os.kill(own.state().pid, signal.SIGKILL)
    thread.join()
    assert "Try again" in caught[0]
    until(lambda: not any(os.path.exists(f"/proc/{pid}") for pid in family))


def test_many_callers_start_one_server(own, job):
    results = []
    threads = [
        threading.Thread(target=lambda: results.extend(own.run_all([job("RESULT = 1")])))
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 6
    assert len(list(own.folder.glob("*.sock"))) == 1


def test_a_folder_that_somebody_else_made_for_us_is_not_trusted(tmp_path):
    made = tmp_path / "shared" / "made"
    made.mkdir(parents=True)
    link = tmp_path / "shared" / "link"
    link.symlink_to(tmp_path)
    with pytest.raises(Unavailable, match="belongs to somebody else"):
        Sandbox(link).state()
    if os.geteuid() == 0:
        made.parent.chmod(0o1777)
        os.chown(made, 12345, 12345)
        with pytest.raises(Unavailable, match="belongs to somebody else"):
            Sandbox(made).connect()
    assert not list(made.iterdir())
