"""Random nestings: the trace is a tree, its counts are the outbox's, and it changes nothing."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sandbox.program import Job, read_folder
from tests.sandbox.runner import ROOT, Runner

MODELS = """
import asyncio
import threading

from asgiref.sync import async_to_sync, sync_to_async
from django.core.mail import send_mail
from django.db import models, transaction
from django.db.models.signals import m2m_changed, post_save
from django.dispatch import Signal, receiver

told = Signal()


class Node(models.Model):
    name = models.CharField(max_length=10, default="")
    near = models.ManyToManyField("self")
    plan = ()


@receiver(post_save, sender=Node)
def saved(sender, instance, **kwargs):
    follow(instance.plan)


@receiver(told)
def heard(sender, plan, **kwargs):
    follow(plan)


def mail():
    send_mail("mail", "", None, ["a@example.com", "b@example.com"])


def save(plan):
    node = Node()
    node.plan = plan
    node.save()


def commit(plan):
    with transaction.atomic():
        follow(plan)


def undo(plan):
    try:
        with transaction.atomic():
            follow(plan)
            raise LookupError
    except LookupError:
        pass


def later(plan):
    transaction.on_commit(lambda: follow(plan))


def tell(plan):
    told.send_robust("plan", plan=plan)


def thread(plan):
    one = threading.Thread(target=follow, args=(plan,))
    one.start()
    one.join()


def hand(plan):
    asyncio.run(asyncio.to_thread(follow, plan))


def wait(plan):
    async_to_sync(sync_to_async(follow))(plan)


def bulk(plan):
    Node.objects.bulk_create([Node(), Node()])
    Node.objects.update(name="x")


DOINGS = {f.__name__: f for f in (save, commit, undo, later, tell, thread, hand, wait, bulk)}


def follow(plan):
    for name, inner in plan:
        if name == "mail":
            mail()
        else:
            DOINGS[name](inner)
"""
CASE = """
import json
from django.core import mail
from cardapp.models import follow
follow(json.loads({plan!r}))
RESULT = [len(mail.outbox), sum(len(m.recipients()) for m in mail.outbox)]
"""

NAMES = ("save", "commit", "undo", "later", "tell", "wait", "bulk")
quiet = st.lists(st.just(["mail", []]), max_size=2)
steps = st.recursive(
    st.just(["mail", []]) | st.tuples(st.sampled_from(("thread", "hand")), quiet).map(list),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=3)).map(list),
    max_leaves=12,
)
plans = st.lists(steps, min_size=1, max_size=4)


def job(plan):
    """Return the job that follows a plan."""
    return Job(
        "plans", "only", "plan", {"models.py": MODELS}, action=CASE.format(plan=json.dumps(plan))
    )


@pytest.fixture(scope="module")
def runner():
    with Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def untraced():
    with Runner(trace=False) as runner:
        yield runner


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans)
def test_the_trace_of_any_nesting_is_a_tree(runner, plan):
    told = runner.run(job(plan))
    assert told["error"] is None
    events = {event["id"]: event for event in told["events"]}
    ids = [event["id"] for event in told["events"]]
    assert ids == sorted(set(ids))
    for event in told["events"]:
        assert event["cause"] is None or events[event["cause"]]["id"] < event["id"]
        assert event["file"] and event["line"] and event["function"]
    assert [told["emails_sent"], told["recipients"]] == told["result"]
    assert told["emails_sent"] == sum(event["kind"] == "email" for event in told["events"])
    assert sum(event["queries"] for event in told["events"]) <= told["queries"]
    for email in told["emails"]:
        event = events[email["event"]]
        assert event["kind"] == "email"
        while event["cause"] is not None:
            event = events[event["cause"]]
        lines = [event["file"], *(place[0] for place in event["detail"].get("via", []))]
        assert "case_plan.py" in lines or event["kind"] == "thread"


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(plan=plans)
def test_the_recorder_changes_no_email(runner, untraced, plan):
    traced, plain = runner.run(job(plan)), untraced.run(job(plan))
    for key in ("emails_sent", "recipients", "result", "rows", "error"):
        assert traced[key] == plain[key]
    assert plain["events"] == []


def test_what_setup_started_has_no_cause_in_the_case(runner):
    program = read_folder(ROOT / "tests/programs/odds/setup-thread")
    told = runner.run(program.job("only", "it"))
    known = {event["id"] for event in told["events"]}
    assert told["emails_sent"] == 2
    assert {event["cause"] for event in told["events"]} <= known | {None}


def run(runner, action, **files):
    """Run a case with the models above and return what the child tells."""
    files = {f"{name}.py": text for name, text in {"models": MODELS, **files}.items()}
    return runner.run(Job("one", "only", "it", files, action=action))


def test_the_async_orm_knows_the_line_that_awaits_it(runner):
    told = run(
        runner,
        """import asyncio
from cardapp.models import Node
async def main():
    await Node.objects.acreate()
    await asyncio.to_thread(Node.objects.update, name="x")
asyncio.run(main())
""",
    )
    assert told["error"] is None
    places = {event["kind"]: (event["file"], event["line"]) for event in told["events"]}
    assert places["save"] == places["signal"] == ("case_it.py", 4)
    assert places["thread"] == places["update"] == ("case_it.py", 5)


def test_a_backend_of_the_program_knows_the_line_that_sent(runner):
    told = run(
        runner,
        """from django.core.mail import EmailMessage
from cardapp.post import Post
Post().send_messages([EmailMessage("one", to=["a@example.com"])])
""",
        post="""from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
class Post(BaseEmailBackend):
    def send_messages(self, messages):
        mail.outbox.extend(messages)
""",
    )
    (event,) = told["events"]
    assert told["emails"][0]["event"] == event["id"]
    assert (event["kind"], event["file"], event["line"]) == ("email", "case_it.py", 3)


def test_a_form_of_a_model_sends_a_signal_as_it_is(runner):
    told = run(
        runner,
        """from django import forms
from cardapp.models import Node, told
class NodeForm(forms.ModelForm):
    class Meta:
        model = Node
        fields = ["name"]
told.send(NodeForm, plan=[["mail", []]])
""",
    )
    assert [told["error"], told["emails_sent"], told["events"][0]["sender"]] == [
        None,
        1,
        "NodeForm",
    ]
