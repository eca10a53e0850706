"""The same work by a cold start: the same code that a run has, recording included.

python cold.py FOLDER RUN reads FOLDER/job.json, runs it in the folder RUN, and prints how many
emails were sent. Nothing is prepared: Python, Django, tables, setup, one case, one report.
"""

import os
import sys
from pathlib import Path

folder, place = Path(sys.argv[1]), sys.argv[2]
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import msgspec  # noqa: E402
from django.core.checks.registry import registry  # noqa: E402

from sandbox.child import database, hooks, phases, settings, world  # noqa: E402
from sandbox.program import Job  # noqa: E402


def know_nothing() -> None:
    """Have the world of a process in which Django was never set up: there is nothing to undo."""
    os.environ["DJANGO_SETTINGS_MODULE"] = settings.MODULE
    sys.meta_path.append(world.finder)
    known = world.known
    known.path = list(sys.path)
    known.modules = known.plain_modules = frozenset(sys.modules)
    known.bare_receivers, known.bare_checks = [], set(registry.registered_checks)
    known.models = known.signals = known.admin = {}
    known.prepared = []


job = msgspec.json.decode((folder / "job.json").read_bytes(), type=Job)
know_nothing()
hooks.install()
database.spare_the_disk()
said = phases.Run(job, place).go(general=True, trace=True)
report = msgspec.json.encode(said)
assert said["error"] is None, said["error"]
print(said["emails_sent"], len(report))
