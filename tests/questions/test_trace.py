"""The way of a run, drawn from the reports of real runs: what is said is what happened."""

from dataclasses import replace

import pytest

from questions.chart import MINI, TALL, WIDE, draw
from questions.compare import compare
from questions.events import Tree
from questions.ledger import marks
from questions.models import Case
from questions.trace import Trace, trace
from sandbox.client import run_all
from sandbox.limits import limit
from sandbox.program import Job
from sandbox.report import Event
from tests.questions.bank import CODE, FIXED

SAVE = "from cardapp.models import Note\n"
NESTED = (
    SAVE
    + """\
from django.db.models.signals import post_save

def tidy(sender, instance, **kwargs):
    if not getattr(instance, "tidied", False):
        instance.tidied = True
        instance.save()

post_save.connect(tidy, sender=Note)
Note(text="A").save()
"""
)
ROLLED_BACK = (
    SAVE
    + """\
from django.db import transaction
try:
    with transaction.atomic():
        Note(text="A").save()
        raise ValueError
except ValueError:
    pass
"""
)
CASES = {
    "once": (1, SAVE + 'Note(text="A").save()\n'),
    "nested": (1, NESTED),
    "rolled_back": (0, ROLLED_BACK),
    "update": (1, SAVE + 'Note.objects.update(text="B")\n'),
    "crash": (0, SAVE + "Note(text=1 / 0)\n"),
    "many": (1, SAVE + 'for n in range(60):\n    Note(text="A").save()\n'),
    "rows": (1, SAVE + 'a = Note(text="A")\na.save()\nb = Note(text="B")\nb.save()\na.save()\n'),
    "nothing": (0, "RESULT = 1\n"),
    "hostile": (0, SAVE + 'from django.core.mail import send_mail\n'
                'send_mail("</svg><script>", "x", "a@b.example", ["x@b.example"])\n'),
}  # fmt: skip


@pytest.fixture(scope="module")
def reports():
    jobs = [
        Job(version, version, name, {"models.py": code}, action=action)
        for version, code in (("buggy", CODE), ("fixed", FIXED))
        for name, (_, action) in CASES.items()
    ]
    return {(job.version, job.case): r for job, r in zip(jobs, run_all(jobs), strict=True)}


@pytest.fixture
def way(reports):
    def make(name: str, version: str = "buggy") -> Trace:
        wanted, action = CASES[name]
        report = reports[version, name]
        sources = {f"case_{name}.py": action}
        return trace(report, marks(Case(wanted=wanted), report), wanted, sources)

    return make


def said(way: Trace) -> list[str]:
    return [step.words.text for step in way.steps]


def test_it_works(way):
    assert said(way("once")) == [
        'the case calls Note(text="A").save()',
        "save() writes a new Note",
        "post_save is sent, created is True, to 1 receiver",
        "tell runs",
        "Email 1 to ann@example.com: wanted",
    ]


def test_a_repetition_is_marked_from_the_second_save_on(way):
    again = [step.words.name for step in way("nested").steps if step.again]
    assert again == ["save()", "post_save", "tell", "Email 2"]


def test_a_save_is_called_the_same_again_only_inside_a_signal(way):
    saves = [text for text in said(way("rows")) if text.startswith("save()")]
    assert saves == [
        "save() writes a new Note",
        "save() writes another new Note",
        "save() writes Note: save number 3",
    ]
    assert "save() writes Note again, inside post_save" in said(way("nested"))


def test_an_error_of_the_program_reaches_the_case():
    code = f"{CODE}\n\ndef boom():\n    1 / 0\n"
    job = Job(
        "x", "buggy", "once", {"models.py": code}, action="import cardapp.models as m\nm.boom()\n"
    )
    (report,) = run_all([job])
    last = trace(report, marks(Case(wanted=0), report), 0).steps[-1]
    assert last.words.text == "ZeroDivisionError reaches the case"


def test_an_error_of_the_setup_is_not_called_the_start(way):
    job = Job("x", "buggy", "once", {"models.py": CODE}, action="RESULT = 1\n", setup="1 / 0\n")
    (report,) = run_all([job])
    last = trace(report, marks(Case(wanted=0), report), 0).steps[-1]
    assert last.words.text == "ZeroDivisionError ends setup.py: the case never runs"


def test_a_receiver_that_does_nothing_is_idle(way):
    idle = [step for step in way("nested").steps if step.idle]
    assert [step.lane.who for step in idle] == ["tidy"]
    assert not any(step.again for step in idle)


def test_lanes_are_places_in_the_order_first_met_and_the_outbox_is_last(way):
    assert [lane.who for lane in way("nested").lanes] == [
        "the case", "Note.save()", "post_save", "tell", "tidy", "outbox",
    ]  # fmt: skip


def test_a_cause_comes_before_its_effect(way):
    for name in CASES:
        for step in way(name).steps:
            assert step.cause < step.n
            assert step.depth == (
                0 if not step.cause else way(name).steps[step.cause - 1].depth + 1
            )


def test_a_rollback_says_that_the_email_is_gone_for_good(way):
    assert said(way("rolled_back"))[-1] == "Rollback the rows are undone; what was sent stays sent"


def test_an_update_says_that_there_is_no_signal(way):
    assert "no save(), no signal" in said(way("update"))[1]
    assert way("update").reaches == "never reaches the outbox"


def test_an_error_is_the_last_step(way):
    assert said(way("crash"))[-1] == "ZeroDivisionError ends the case"


def test_nothing_has_no_steps(way):
    empty = way("nothing")
    assert empty.steps == () and empty.step(1) is None
    assert draw(empty, WIDE).stops == []


def test_a_long_way_is_cut_and_says_so(way):
    long = way("many")
    assert len(long.steps) == 80 and long.left_out > 100


def test_the_first_wanted_emails_are_wanted_and_the_rest_too_many(way):
    emails = [(step.email, step.extra) for step in way("many").steps if step.email]
    assert emails[0] == (1, False) and all(extra for _, extra in emails[1:])


@pytest.mark.parametrize("size", [WIDE, TALL, MINI])
@pytest.mark.parametrize("name", CASES)
def test_the_chart_and_the_list_have_the_same_steps(way, size, name):
    found = way(name)
    chart = draw(found, size)
    assert [stop.step for stop in chart.stops] == list(found.steps)
    assert len(chart.tracks) == len(found.lanes)
    xs = [float(stop.x) for stop in chart.stops]
    assert xs == sorted(set(xs))
    assert all(0 <= x <= chart.width for x in xs)
    assert all(0 <= float(stop.y) <= chart.height for stop in chart.stops)


def test_a_chart_scrolls_only_when_it_must(way):
    assert not draw(way("nested"), WIDE).long
    assert draw(way("many"), WIDE).long


def test_a_source_that_may_not_be_seen_is_not_quoted(reports):
    report = reports["buggy", "once"]
    found = trace(report, ["wanted"], 1, {})
    assert said(found)[0] == "the case runs"


def test_two_ways_differ_first_where_they_say_something_else(way):
    found = compare(way("nested"), way("nested", "fixed"))
    # The first save made the note, so both send; the second save did not.
    assert found.difference == "tell: runs, and nothing follows"
    assert [pair.left.n for pair in found.pairs if pair.first] == [9]


def test_a_step_that_only_one_way_has_is_told_with_whose_it_is(way):
    whole, fixed = way("once"), way("once", "fixed")
    short = replace(fixed, steps=whole.steps[:-1])
    words = f"only buggy has the step “{whole.steps[-1].words.text}”"
    assert compare(whole, short).difference == compare(short, whole).difference == words


def test_a_way_beside_itself_has_no_difference(way):
    found = compare(way("once"), way("once"))
    assert found.difference == "" and all(pair.same for pair in found.pairs)


def test_every_step_of_both_sides_is_in_the_comparison(way):
    left, right = way("nested"), way("rolled_back")
    found = compare(left, right)
    assert [p.left for p in found.pairs if p.left] == list(left.steps)
    assert [p.right for p in found.pairs if p.right] == list(right.steps)
    assert sum(pair.first for pair in found.pairs) == 1


def test_words_of_a_hostile_program_stay_words(way):
    from django.template.loader import render_to_string

    found = way("hostile")
    html = render_to_string("questions/_chart.svg.html", {"chart": draw(found, WIDE), "id": "x"})
    html += render_to_string("questions/_rails.html", {"trace": found, "link": "?", "step": None})
    assert "<script" not in html


@pytest.mark.parametrize(
    ("want", "said"),
    [
        ({"wanted_to": ["bo@example.com"]}, "the wrong address"),
        ({"wanted_subjects": ["Booked"]}, "the wrong subject"),
    ],
)
def test_a_wrong_email_is_not_drawn_as_one_too_many(reports, want, said):
    report = reports["buggy", "once"]
    case = Case(name="once", title="Once", wanted=1, **want)
    way = trace(report, marks(case, report), case.wanted)
    [email] = [step for step in way.steps if step.email]
    assert email.words.rest.endswith(said)
    assert "email 1: wrong" in [stop.say for stop in draw(way, WIDE).stops]


def test_events_as_deep_as_a_report_may_have_them_are_read():
    common = {"file": None, "line": None, "function": None, "ms": 0.0}
    events = [Event(1, None, "receiver", "deep", **common)]
    events += [Event(n, n - 1, "begin", "", **common) for n in range(2, limit("events"))]
    events.append(Event(limit("events"), limit("events") - 1, "email", "", **common))
    assert Tree(events).children(events[0]) == [events[-1]]
