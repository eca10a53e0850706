"""A case that fails by a name which the card's code has and a fix has no more says so."""

import pytest

from questions import gone
from sandbox.report import Error
from tests.questions.bank import CODE
from tests.questions.test_fix import card, fix  # noqa: F401

pytestmark = pytest.mark.django_db
CARD = {
    "snippet.py": "import helped\nclass Note:\n    KIND = 1\n    def close(self): inner = 1\n",
    "signals.py": "if True:\n    def connect(): pass\n",
}
SIGNALS = {"signals.py": CARD["signals.py"]}
PASTED = {"snippet.py": CARD["snippet.py"]}


def hint(kind, message, mine, action="", phase="case"):
    return gone.hint(Error(phase, kind, message), CARD, mine, action)


def test_it_works(client, card):  # noqa: F811
    found = fix(client, CODE.replace("Note", "Memo"))
    assert "ImportError" in found
    assert "This case uses <code>Note</code>, which is in the card’s models.py" in found


def test_nothing_is_said_of_an_error_of_the_learners_own(client, card):  # noqa: F811
    found = fix(client, CODE.replace("send_mail(", "send_post("))
    assert "NameError" in found and "This case uses" not in found


@pytest.mark.parametrize(
    ("kind", "message", "mine", "name", "place"),
    [
        ("NameError", "name 'Note' is not defined", SIGNALS, "Note", "models.py"),
        ("AttributeError", "'Note' object has no attribute 'close'", SIGNALS, "Note", "models.py"),
        ("AttributeError", "type object 'Note' has no attribute 'KIND'",
         {"snippet.py": "class Note: pass", **SIGNALS}, "KIND", "models.py"),
        ("AttributeError", "module 'cardapp.models' has no attribute 'helped'",
         {"snippet.py": "class Note: KIND = close = 1", **SIGNALS}, "helped", "models.py"),
        ("ImportError", "cannot import name 'connect' from 'cardapp.signals' (/job/signals.py)",
         {**PASTED, "signals.py": ""}, "connect", "signals.py"),
    ],
)  # fmt: skip
def test_the_name_and_its_place_are_told(kind, message, mine, name, place):
    said = hint(kind, message, mine, f"call({name})")
    assert said.startswith(f"This case uses `{name}`, which is in the card’s {place} and not in")


def test_a_module_that_is_gone_is_told():
    said = hint("ModuleNotFoundError", "No module named 'cardapp.signals'", PASTED)
    assert said.startswith("Something still uses `signals`, which is in the card’s code")


@pytest.mark.parametrize(
    ("kind", "message", "mine", "phase"),
    [
        ("NameError", "name 'other' is not defined", {}, "case"),
        ("NameError", "name 'inner' is not defined", {}, "case"),
        ("NameError", "name 'Note' is not defined", CARD, "case"),
        ("NameError", "name 'Note' is not defined", {}, "import"),
        ("ValueError", "'Note'", {}, "case"),
    ],
)
def test_other_errors_are_left_alone(kind, message, mine, phase):
    assert hint(kind, message, mine, "Note", phase) == ""


def test_a_fix_that_is_no_python_misses_all_names():
    assert "`Note`" in hint("NameError", "name 'Note' is not defined", {"snippet.py": "class"})
