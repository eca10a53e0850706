"""A version loaded once for several cases: the same reports, the same seal, nothing shared."""

import contextlib
import os
import re
import signal
import sys
import tempfile
from pathlib import Path

import msgspec
import pytest

from sandbox import probes
from sandbox.client import Sandbox
from sandbox.limits import standbys
from sandbox.pool import VERSIONS
from sandbox.program import read_folder

from .conftest import end, until

CARDS = Path(__file__).resolve().parents[2] / "fixtures" / "cards"
MEASURED = ("wall_ms", "cpu_ms", "peak_rss_mb", "measured_at")
ADDRESS = re.compile("0x[0-9a-f]+")
MODELS = "from django.db import models\nclass Note(models.Model):\n    text = models.TextField()\n"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only where runs are sealed")


@pytest.fixture(scope="module")
def loading():
    with tempfile.TemporaryDirectory(prefix="signalbox-box-") as folder:
        sandbox = Sandbox(Path(folder))
        sandbox.options += ["--cards", str(CARDS)]
        yield sandbox
        end(sandbox)


@pytest.fixture
def fresh(tmp_path):
    """A sandbox in which nothing has been loaded yet."""
    sandbox = Sandbox(tmp_path / "fresh")
    sandbox.options += ["--cards", str(CARDS)]
    yield sandbox
    end(sandbox)


@pytest.fixture
def ship(tmp_path):
    """Make a card folder that comes with a sandbox of its own; give both."""
    boxes = []

    def make(models, *, setup="", cases):
        card = tmp_path / "cards" / "card"
        (card / "buggy").mkdir(parents=True)
        (card / "buggy" / "models.py").write_text(models)
        if setup:
            (card / "setup.py").write_text(setup)
        for number, case in enumerate(cases):
            (card / f"case_c{number:02}.py").write_text(case)
        sandbox = Sandbox(tmp_path / "box")
        sandbox.options += ["--cards", str(tmp_path / "cards")]
        boxes.append(sandbox)
        return sandbox, read_folder(card).jobs()

    yield make
    for sandbox in boxes:
        end(sandbox)


def told(report):
    """Return all of a report that must not depend on how the version came to be loaded."""
    data = msgspec.to_builtins(report)
    for name in MEASURED:
        del data[name]
    for event in data["events"]:
        del event["ms"]
        event["label"] = ADDRESS.sub("an address", event["label"])
    if data["events_cut"]:  # by bytes, and a time may have a digit more
        del data["events"][300:]
    data["stderr"] = ADDRESS.sub("an address", data["stderr"])
    for email in data["emails"]:
        email["body"] = re.sub(r"^[a-z0-9]{32}$", "a session", email["body"])
    return data


@pytest.mark.parametrize("slug", sorted(path.name for path in CARDS.iterdir()))
def test_every_cell_of_the_bank_is_told_alike(slug, loading, box):
    jobs = read_folder(CARDS / slug).jobs()
    for shared, alone in zip(loading.run_all(jobs), box.run_all(jobs), strict=True):
        assert told(shared) == told(alone), (shared.version, shared.case)


def test_the_seed_is_loaded_once_a_version(fresh):
    jobs = read_folder(CARDS / "profile-update").jobs()
    assert {report.outcome for report in fresh.run_all(jobs)} <= {"ok", "error"}
    loaded = fresh.state().loaded
    assert 1 < loaded <= len({job.version for job in jobs})
    assert {report.outcome for report in fresh.run_all(jobs[:4])} <= {"ok", "error"}
    assert fresh.state().loaded == loaded  # they were still there


def test_a_loaded_version_goes_when_nobody_wants_it(ship):
    sandbox, jobs = ship(MODELS, cases=("RESULT = 1\n",) * 8)
    sandbox.options += ["--linger", "0.2"]
    assert [report.result for report in sandbox.run_all(jobs)] == [1] * 8
    assert sandbox.state().loaded == 1
    until(lambda: sandbox.state().standbys == len(sandbox.state().pids) == standbys())


def test_the_version_used_last_stays_where_there_is_no_room(tmp_path, ship):
    versions = VERSIONS + 2
    sandbox, jobs = ship(MODELS, cases=("RESULT = 1\n",) * 8)
    for number in range(versions):
        folder = tmp_path / "cards" / "card" / f"v{number}"
        folder.mkdir()
        (folder / "models.py").write_text(f"{MODELS}# {number}\n")
    jobs = read_folder(tmp_path / "cards" / "card").jobs()
    each = [[job for job in jobs if job.version == f"v{number}"] for number in range(versions)]
    for some in each:
        assert {report.result for report in sandbox.run_all(some)} == {1}
    assert sandbox.state().loaded == versions
    list(sandbox.run_all(each[-1]))
    assert sandbox.state().loaded == versions
    list(sandbox.run_all(each[0]))
    assert sandbox.state().loaded == versions + 1
    until(lambda: len(sandbox.state().pids) == standbys() + VERSIONS)


def test_what_does_not_come_with_the_site_is_never_loaded(loading):
    before = loading.state().loaded
    jobs = [
        msgspec.structs.replace(job, files={**job.files, "more.py": "# edited\n"})
        for job in read_folder(CARDS / "profile-update").jobs()
    ]
    assert {report.outcome for report in loading.run_all(jobs)} <= {"ok", "error"}
    assert loading.state().loaded == before


def test_a_case_cannot_see_another(ship):
    case = (
        "import os\nfrom django.core.cache import cache\nfrom cardapp import models\n"
        "rows, files = models.Note.objects.count(), sorted(os.listdir())\n"
        "RESULT = [len(models.SEEN), rows, files, cache.get('x')]\n"
        "models.SEEN.append(1)\nmodels.Note.objects.create(text='x')\n"
        "open('left', 'w').close()\ncache.set('x', 1)\n"
    )
    sandbox, jobs = ship(MODELS + "SEEN = []\n", cases=(case,) * 12)
    results = {str(report.result) for report in sandbox.run_all(jobs)}
    assert results == {"[0, 0, ['cardapp', 'db.sqlite3'], None]"}
    assert sandbox.state().loaded == 1


def test_what_is_printed_before_the_case_is_told_in_each(ship):
    sandbox, jobs = ship(
        MODELS + "import os\nprint('at import')\nos.write(2, b'straight out')\n",
        setup="open('made', 'w').write('by setup')\nprint('in setup')\n",
        cases=("print('in case', open('made').read())\n",) * 12,
    )
    reports = list(sandbox.run_all(jobs))
    assert {report.stdout for report in reports} == {"at import\nin setup\nin case by setup\n"}
    assert {report.stderr for report in reports} == {"straight out"}


@pytest.mark.parametrize(
    ("models", "told"),
    [
        ("1 / 0\n", "import:ZeroDivisionError"),
        ("raise SystemExit(3)\n", "import:SystemExit"),
        ("import os\nos._exit(0)\n", "process:Crash"),
        ("import threading, time\nthreading.Thread(target=time.sleep, args=[0.2]).start()\n", ""),
        ("while True: pass\n", "process:Timeout"),
    ],
)
def test_a_start_that_fails_fails_as_ever(ship, models, told):
    sandbox, jobs = ship(models, cases=("RESULT = 1\n",) * 5)
    for report in sandbox.run_all(jobs[:4], wall_s=1.0):
        error = report.error
        assert (f"{error.phase}:{error.type}" if error else "") == told, report.case


def test_a_case_of_a_loaded_version_is_sealed(fresh):
    source = Path(probes.__file__).read_text() + "\nRESULT = attack()\n"
    job = read_folder(CARDS / "queryset-update").jobs()[0]
    attack = msgspec.structs.replace(job, action=source)
    reports = list(fresh.run_all([job] * 8 + [attack] * 4))
    assert fresh.state().loaded == 1
    for report in reports[-4:]:
        assert set(report.result.values()) == {""}, report.result


def test_a_loaded_version_that_is_killed_is_done_without(loading):
    jobs = read_folder(CARDS / "profile-update").jobs() * 3
    reports = []
    for report in loading.run_all(jobs):
        reports.append(report)
        if len(reports) == 30:
            for pid in loading.state().pids:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
    assert len(reports) == len(jobs)
    assert {report.outcome for report in reports} <= {"ok", "error", "crashed"}
    assert [report.outcome for report in loading.run_all(jobs[:4])] == ["ok"] * 4
