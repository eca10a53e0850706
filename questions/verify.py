"""Is a card true? Every version in every case, three times, and every hunk of the fix undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from typing import NamedTuple

import msgspec

from questions.card_code import MUST_PARSE, syntax_error
from questions.card_data import CardData, CaseData, VersionData
from questions.hunks import Hunk, hunks, without
from questions.measured import Measured, differences, measured, meets, untold
from sandbox import client, snippet
from sandbox.program import Job
from sandbox.report import Report

TIMES = 3  # a flaky program shows itself in three runs, mostly
NO_PROGRAM = ("SyntaxError", "IndentationError", "TabError")


class Problem(msgspec.Struct, frozen=True):
    """One thing that is not true of a card: where, what, and what to change."""

    what: str
    change: str
    version: str = ""
    case: str = ""

    def __str__(self) -> str:
        where = " in ".join(filter(None, (self.version, self.case)))
        return f"{where}: {self.what}. {self.change}" if where else f"{self.what}. {self.change}"


class Verdict(msgspec.Struct):
    """What verifying one card found; `measured` is by version and case, out of the first run.

    `needless` are the parts of the fix that no claim needs: a warning, until it is published.
    """

    slug: str
    digest: str
    problems: list[Problem] = []
    warnings: list[Problem] = []
    needless: list[Problem] = []
    measured: dict[str, dict[str, Measured]] = {}
    runs: int = 0
    django: str = ""
    python: str = ""

    @property
    def ok(self) -> bool:
        return not self.problems

    def strict(self) -> Verdict:
        """Return the verdict that publishing wants: a needless part of the fix is refused."""
        return msgspec.structs.replace(self, problems=[*self.problems, *self.needless], needless=[])


class Task(NamedTuple):
    """One run to be done: a cell of the card, or of the fix with one hunk undone."""

    version: str
    case: CaseData
    job: Job
    hunk: Hunk | None = None


class Done(NamedTuple):
    """A task and its report."""

    task: Task
    report: Report


def verify(
    cards: Sequence[CardData],
    *,
    times: int = TIMES,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[tuple[Verdict, list[Report]]]:
    """Yield the verdict on each card, and a report of each of its cells, in order.

    `progress` hears of runs done and runs in all. Raise sandbox.client.Unavailable or Busy.
    """
    todo = [tasks(card, times) for card in cards]
    run = [needed(card) for card in todo]
    total = sum(map(len, run))
    reports = client.run_all(task.job for card in run for task in card)
    ran = 0
    for card, mine, own in zip(cards, todo, run, strict=True):
        found: dict[str, list[Report]] = {}
        for task in own:
            found.setdefault(task.job.digest, []).append(next(reports))
            ran += 1
            progress(ran, total)
        done = _dealt(mine, found)
        yield (
            _verdict(card, done, own),
            [one.report for one in done if one.task.hunk is None][::times],
        )


def needed(found: Sequence[Task]) -> list[Task]:
    """Return the tasks to be run: a fix of one hunk, undone, is the buggy version once more."""
    cells = {task.job.digest for task in found if task.hunk is None}
    return [task for task in found if task.hunk is None or task.job.digest not in cells]


def steps(card: CardData, times: int = TIMES) -> Iterator[tuple[int, int, Verdict | None]]:
    """Verify one card, yielding (runs done, runs in all, the verdict at the very end)."""
    todo = tasks(card, times)
    run = needed(todo)
    found: dict[str, list[Report]] = {}
    reports = client.run_all(task.job for task in run)
    for ran, (task, report) in enumerate(zip(run, reports, strict=True), 1):
        found.setdefault(task.job.digest, []).append(report)
        yield ran, len(run), None
    yield len(run), len(run), _verdict(card, _dealt(todo, found), run)


def _dealt(todo: Sequence[Task], found: dict[str, list[Report]]) -> list[Done]:
    """Return each task with a report of its job; equal jobs take turns at theirs."""
    turns = {digest: cycle(same) for digest, same in found.items()}
    return [Done(task, next(turns[task.job.digest])) for task in todo]


def _verdict(card: CardData, done: Sequence[Done], run: Sequence[Task]) -> Verdict:
    verdict = judge(card, done)
    verdict.runs = len(run)
    return verdict


def tasks(card: CardData, times: int = TIMES) -> list[Task]:
    """Return the runs that verifying a card takes: each cell `times` in a row, then the hunks."""
    program = card.program()
    found = [
        Task(version.name, case, program.job(version.name, case.name))
        for version in card.versions
        for case in card.cases
        for _ in range(times)
    ]
    for hunk, undone in _without_hunks(card):
        less = msgspec.structs.replace(card, versions=[undone]).program()
        found += [
            Task(undone.name, case, less.job(undone.name, case.name), hunk) for case in card.cases
        ]
    return found


def _without_hunks(card: CardData) -> Iterator[tuple[Hunk, VersionData]]:
    files = {version.kind: version for version in card.versions}
    buggy, fixed = files.get("buggy"), files.get("fixed")
    if buggy and fixed:
        for hunk in hunks(buggy.files, fixed.files):
            undone = without(fixed.files, hunk)
            if not _completed(undone) - _completed(fixed.files):
                yield hunk, msgspec.structs.replace(fixed, files=undone)


def _completed(files: dict[str, str]) -> set[str]:
    """Return the imports that running a snippet adds: nowhere else would it run without them."""
    try:
        return set(snippet.split(files.get("snippet.py", "")).completed)
    except snippet.UNREADABLE:
        return set()


def judge(card: CardData, done: Sequence[Done]) -> Verdict:
    """Return the verdict that these runs give."""
    cells: dict[tuple[str, str], list[Report]] = {}
    undone: dict[Hunk, list[Done]] = {}
    for one in done:
        if one.task.hunk is None:
            cells.setdefault((one.task.version, one.task.case.name), []).append(one.report)
        else:
            undone.setdefault(one.task.hunk, []).append(one)
    verdict = Verdict(card.slug, card.digest, runs=len(done))
    if done:
        verdict.django, verdict.python = done[0].report.django, done[0].report.python
        card = card.on(verdict.django)
    for version in card.versions:
        for case in card.cases:
            reports = cells[version.name, case.name]
            first = measured(reports[0])
            verdict.measured.setdefault(version.name, {})[case.name] = first
            verdict.problems += _cell(version.name, case, reports)
    met = {
        version.name: [meets(case, cells[version.name, case.name][0]) for case in card.cases]
        for version in card.versions
    }
    if any(one.report.outcome == "refused" for one in done):
        return verdict
    verdict.problems += _whole(card, verdict, met)
    verdict.warnings += _warnings(card, met)
    needless = [hunk for hunk, ran in undone.items() if _changes_nothing(card, ran)]
    if not card.cured(verdict.django):
        verdict.needless += map(_needless, needless)
    elif not needless:
        what = f"Every part of the fix is needed on Django {verdict.django}"
        verdict.problems.append(Problem(what, "Correct “cures” under “newer”."))
    return verdict


def _cell(version: str, case: CaseData, reports: Sequence[Report]) -> Iterator[Problem]:
    """Yield what is wrong in one cell: no claim, a false one, or runs that disagree."""
    found = [measured(report) for report in reports]
    refused = next((r.error.message for r in reports if r.outcome == "refused" and r.error), "")
    if refused:
        yield Problem(
            f"was not run: {refused}", "Run it where the sandbox can.", version, case.name
        )
        return
    if any(one != found[0] for one in found):
        counts = ", ".join(str(one.emails) for one in found)
        what = f"runs differ: {counts} emails in {len(found)} runs"
        change = "Take out what changes by itself: time, chance, threads, the order of a set"
        yield Problem(what, change + ".", version, case.name)
        return
    claim = case.claims.get(version)
    if claim is None:
        change = f"Claim what was measured: {found[0].emails}."
        yield Problem("has no claim", change, version, case.name)
        return
    for difference in differences(claim, found[0]):
        where = _first_line(reports[0])
        change = "Correct the claim if the run is right, the code if the claim is"
        yield Problem(difference + where, change + ".", version, case.name)
    if missing := untold(case, claim, found[0]):
        what = f"claims the emails wanted, and misses the case by its {' and '.join(missing)}"
        change = f"Claim {' and '.join(missing)}, too"
        yield Problem(what, change + ".", version, case.name)


def _first_line(report: Report) -> str:
    error = report.error
    if not error:
        return ""
    place = f" ({error.file}:{error.line})" if error.file and error.line else ""
    return f": {error.message}{place}"


def _whole(card: CardData, verdict: Verdict, met: dict[str, list[bool]]) -> Iterator[Problem]:
    """Yield what is wrong with the card as a whole."""
    if not card.cases:
        yield Problem(
            "The card has no case", "Add at least two: one that goes wrong, one that does not."
        )
        return
    if "buggy" not in met or "fixed" not in met:
        yield Problem("The card lacks a buggy or a fixed version", "Add it.")
        return
    yield from _unparsed(card)
    if card.cured(verdict.django) == "all":
        yield from _cured(card, verdict, met["buggy"])
    else:
        yield from _misses(card, verdict, met)
    holds = [name for name, cases in met.items() if all(cases)]
    if not [name for name in holds if name != "buggy"] and not card.unsolved:
        best = max(met, key=lambda name: sum(met[name]))
        missed = [c.name for c, ok in zip(card.cases, met[best], strict=True) if not ok]
        what = f"No version meets every case; the best, {best}, misses {', '.join(missed)}"
        yield Problem(what, "Add a hardened version that does, or say in “unsolved” why none can.")
    for version in card.versions:
        if version.kind == "decoy" and version.name in holds:
            what = f"The decoy {version.name} meets every case"
            yield Problem(what, "Add the case in which it goes wrong, or make it hardened.")


def _unparsed(card: CardData) -> Iterator[Problem]:
    """Yield what does not parse of buggy and fixed: claimed or not, it is not wrong on purpose."""
    for version in card.versions:
        for path, text in version.files.items() if version.kind in MUST_PARSE else ():
            if path.endswith(".py") and (error := syntax_error(text)):
                what = f"does not parse: {path}:{error.lineno}: {type(error).__name__}: {error.msg}"
                yield Problem(what, "Write code that parses.", version.name)


def _cured(card: CardData, verdict: Verdict, met: list[bool]) -> Iterator[Problem]:
    """Yield where a newer Django does not make the buggy version right, though the card says so."""
    missed = [case.name for case, ok in zip(card.cases, met, strict=True) if not ok]
    if missed:
        what = f"Django {verdict.django} does not cure the buggy version in {', '.join(missed)}"
        yield Problem(what, "Correct “cures” under “newer”.")


def _misses(card: CardData, verdict: Verdict, met: dict[str, list[bool]]) -> Iterator[Problem]:
    if not _misses_for_its_reason(card, verdict, met["buggy"]) and not _misclaimed(card, verdict):
        what = "The buggy version does what is wanted in every case that it runs as claimed"
        yield Problem(what, "Add the case in which the bug shows, or claim its error.")
    if not any(f and not b for b, f in zip(met["buggy"], met["fixed"], strict=True)):
        what = "The fixed version meets no case that the buggy one misses"
        yield Problem(what, "Add the case that the fix cures.")


def _misclaimed(card: CardData, verdict: Verdict) -> bool:
    """Whether a claim of buggy is false though nothing failed; that is told in its place."""
    found = verdict.measured["buggy"]
    return any(
        not found[case.name].error and differences(claim, found[case.name])
        for case in card.cases
        if (claim := case.claims.get("buggy"))
    )


def _misses_for_its_reason(card: CardData, verdict: Verdict, met: list[bool]) -> bool:
    """Whether buggy misses a case just as the card claims; code that does not parse is no bug."""
    for case, ok in zip(card.cases, met, strict=True):
        claim, found = case.claims.get("buggy"), verdict.measured["buggy"][case.name]
        broken = found.error.endswith(NO_PROGRAM) and (claim is None or claim.error != found.error)
        if not ok and claim and not broken and not differences(claim, found):
            return True
    return False


def _warnings(card: CardData, met: dict[str, list[bool]]) -> Iterator[Problem]:
    buggy, fixed = met.get("buggy", []), met.get("fixed", [])
    both = any(b and f for b, f in zip(buggy, fixed, strict=False))
    if buggy and fixed and not both:
        what = "There is no case that both buggy and fixed meet"
        yield Problem(what, "Add one, so that a guess from the other cases is not always right.")
    solved = any(all(cases) for name, cases in met.items() if name != "buggy")
    if card.unsolved and card.cases and solved:
        yield Problem("“unsolved” is filled in, but a version meets every case", "Empty it.")


def _changes_nothing(card: CardData, ran: Sequence[Done]) -> bool:
    """Whether every claim of the fix still holds without the hunk."""
    claims = {(name, c.name): claim for c in card.cases for name, claim in c.claims.items()}
    return all(
        (claim := claims.get((one.task.version, one.task.case.name))) is not None
        and not differences(claim, measured(one.report))
        for one in ran
    )


def _needless(hunk: Hunk) -> Problem:
    what = f"No claim breaks when this part of the fix is undone: {hunk}"
    return Problem(what, "Take it out of the fix, or add the case that needs it.", "fixed")
