"""One run: import, migrate, setup, case; an exception in any of them is a result."""

from __future__ import annotations

import gc
import os
import sys
import threading
import types
from concurrent.futures import thread as pools
from pathlib import Path
from time import monotonic
from typing import Any

from django.core import mail

from .. import snippet
from ..program import Job
from . import database, hooks_other, machine, outcome, startup, world
from .hooks_signals import watch
from .recorder import recording

# Threads still going this long after the case are left alone (seconds).
_THREADS_WAIT = 2.5

# How many calls a case can nest under the oracle, whose limit is Python's 1000.
# The interpreter counted its call of exec() before Python 3.12.
_CALLS_LEFT = 997 if sys.version_info < (3, 12) else 996


# Where our own packages are found.
_OURS = {"", str(Path(__file__).resolve().parent.parent.parent)}


def _own_modules() -> list[str]:
    """Return the names of our loaded modules, without a look at all others: each has a page that
    would have to be copied for it."""
    found, names = [], ["sandbox"]
    while names:
        name = names.pop()
        if (module := sys.modules.get(name)) is not None:
            found.append(name)
            if hasattr(module, "__path__"):
                names += [f"{name}.{inner}" for inner in vars(module)]
    return found


class Run:
    """The state of one run as it goes through its phases."""

    def __init__(self, job: Job, workdir: str) -> None:
        self.job = job
        self.workdir = workdir
        self.phase = "import"
        self.error: dict[str, Any] | None = None
        self.crashed = False
        self.traced = False
        self.namespace: dict[str, Any] = {}
        self.completed: list[str] = []
        self.hidden: dict[str, types.ModuleType] = {}
        self.driver = ""
        self.case_file = f"case_{job.case}.py"
        self.own_names = {app.partition(".")[0] for app in job.apps}
        if job.layout == "root":
            self.own_names |= {path.partition("/")[0].removesuffix(".py") for path in job.files}

    @property
    def labels(self) -> frozenset[str]:
        """The app labels whose models the run reports, and auth."""
        return frozenset(app.split(".apps.")[0].rsplit(".", 1)[-1] for app in self.job.apps) | {
            "auth"
        }

    def go(self, *, general: bool, trace: bool) -> dict[str, Any]:
        """Run every phase and return the report's dict."""
        self.load(general=general, trace=trace)
        return self.finish()

    def load(self, *, general: bool, trace: bool) -> None:
        """Run every phase before the case."""
        watch.begin(self.labels)
        recording.clear()
        recording.on = self.traced = trace
        try:
            self.write_files()
            self.start(general=general)
            self.phase = "migrate"
            self.migrate(general=general)
            self.phase = "setup"
            self.set_up()
            self.phase = "case"
        except BaseException as error:  # every way to fail is a result
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        """Keep what was raised as the result."""
        self.crashed = issubclass(type(error), KeyboardInterrupt)
        self.error = outcome.error(self.phase, error)

    def take_case(self, job: Job) -> None:
        """Have the case of `job`, which loads what this run has loaded."""
        for file in (self.case_file, f"case_{job.case}.py"):
            recording.names.pop(file, None)
            recording.lines.pop(file, None)
            recording.sources.pop(file, None)
        self.job, self.case_file = job, f"case_{job.case}.py"
        recording.names[self.case_file] = self.case_file
        recording.sources[self.case_file] = job.action or ""

    def finish(self) -> dict[str, Any]:
        """Run the case, if all went well before it, and return the report's dict."""
        if self.error is None:
            try:
                self.act()
            except BaseException as error:
                self.fail(error)
        _join_threads()
        gc.collect()
        report = outcome.report(self)
        recording.on = False
        sys.modules.update(self.hidden)
        return report

    def write_files(self) -> None:
        """Write the program into the folder, where it is imported from."""
        job = self.job
        in_package = "" if job.layout == "root" else "cardapp"
        dest = Path(self.workdir, in_package)
        sources = dict(job.files)
        sources[self.case_file] = job.action or ""
        sources["setup.py"] = job.setup or ""
        recording.read_files(self.workdir, in_package and f"cardapp{os.sep}", sources)
        made: set[Path] = set()
        for path, text in job.files.items():
            if path == "snippet.py":
                continue
            file = dest / path
            if file.parent not in made:
                file.parent.mkdir(parents=True, exist_ok=True)
                made.add(file.parent)
            file.write_text(text, newline="")
        if "snippet.py" in job.files:
            dest.mkdir(parents=True, exist_ok=True)
            self.write_snippet(dest, job.files["snippet.py"])
        for app in job.apps:
            package = Path(self.workdir, *app.split(".apps.")[0].split("."))
            package.mkdir(parents=True, exist_ok=True)
            for name in ("__init__.py", "models.py"):
                if not (package / name).exists():
                    (package / name).touch()
        os.chdir(self.workdir)
        # As in a project of its own: our packages are not there to be imported.
        sys.path[:] = [self.workdir, *(path for path in world.known.path if path not in _OURS)]
        self.hidden = {name: sys.modules.pop(name) for name in _own_modules()}
        # A module of the program's may have the name of one of Python's, which is loaded here.
        if theirs := self.own_names & sys.stdlib_module_names:
            for name in [name for name in sys.modules if name.partition(".")[0] in theirs]:
                self.hidden[name] = sys.modules.pop(name)

    def write_snippet(self, dest: Path, text: str) -> None:
        """Write the definitions of snippet.py as models.py; they keep their name and lines."""
        file = str(dest / "models.py")
        recording.names[file] = "snippet.py"
        try:
            parts = snippet.split(text)
        except snippet.UNREADABLE:
            Path(file).write_text(text)  # the import fails as it would anyway
            return
        Path(file).write_text(parts.models)
        recording.shifts[file] = parts.shift
        self.driver, self.completed = parts.driver, parts.completed

    def start(self, *, general: bool) -> None:
        """Load the apps, their models, admin and URLs."""
        machine.take_over(self.workdir)
        world.use_settings(self.workdir, self.job.apps, self.job.settings)
        hooks_other.listen()
        mail.outbox = []
        if general:
            startup.start_general()
        else:
            startup.start_fast(self.job.apps)
        startup.load_urls()
        startup.know_signals(general=general)

    def migrate(self, *, general: bool) -> None:
        """Make the tables."""
        base = None if general else world.known.models
        database.migrate(list(self.job.files.values()), base)

    def set_up(self) -> None:
        """Make the existing rows; what happens here is forgotten."""
        if self.job.setup is not None:
            exec(_compiled(self.job.setup, "setup.py"), {"__name__": "labsetup"})  # noqa: S102
        mail.outbox.clear()
        recording.clear()

    def act(self) -> None:
        """Run the case."""
        if self.job.action is not None:
            self.namespace = {"__name__": "case", "__file__": self.case_file}
            code = _compiled(self.job.action, self.case_file)
        elif self.job.case == "as_written":
            self.namespace = sys.modules["cardapp.models"].__dict__
            code = _compiled(self.driver, "snippet.py")
        else:
            raise SystemExit(f"no case file for {self.job.case}")
        _call(code, self.namespace)


def _compiled(source: str, filename: str) -> types.CodeType:
    # This file's own `from __future__` must not reach the program.
    return compile(source, filename, "exec", dont_inherit=True)


def _call(code: types.CodeType, namespace: dict[str, Any]) -> None:
    """Run the case with as much of the stack as the oracle leaves it."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(_limit_for(_CALLS_LEFT))
    try:
        exec(code, namespace)  # noqa: S102 - running the program is what this process is for
    finally:
        sys.setrecursionlimit(limit)


def _limit_for(calls: int) -> int:
    """Return the recursion limit under which what our caller executes can nest so many calls.

    Frames say too little: the interpreter counts some of its own calls as well.
    """
    depth, frame = 0, sys._getframe()
    while frame.f_back is not None:
        depth, frame = depth + 1, frame.f_back
    tried = depth + 50
    sys.setrecursionlimit(tried)
    return tried + calls - _nested(0)


def _nested(done: int) -> int:
    try:
        return _nested(done + 1)
    except RecursionError:
        return done


def _join_threads() -> None:
    """Wait for the threads the program left behind."""
    end = monotonic() + _THREADS_WAIT
    workers = set(pools._threads_queues)
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon and thread not in workers:
            thread.join(max(0.0, end - monotonic()))
    # Idle workers of a pool wait for ever; this is how the interpreter ends them.
    pools._shutdown = True
    for queue in list(pools._threads_queues.values()):
        queue.put(None)
    for thread in workers:
        thread.join(max(0.0, end - monotonic()))
