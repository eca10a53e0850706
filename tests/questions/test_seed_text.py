"""Questions as plain text: the first one as it is, and everything that can be wrong with one."""

import io

import pytest
from django.core.management import CommandError, call_command

from questions.card_folder import read_folder
from questions.card_yaml import CardMistakes
from questions.models import Card
from questions.seed_text import read_questions
from tests.questions.conftest import DATA

QUESTION = (
    "Users are receiving multiple emails for a single profile update. "
    "Identify and explain the issue in the code."
)
SEED = (DATA / "question-4.txt").read_bytes()


def read(text):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_questions(raw, file="q.txt")


def mistakes(text):
    with pytest.raises(CardMistakes) as caught:
        read(text)
    return [str(mistake) for mistake in caught.value.mistakes]


def test_it_works():
    (card,) = read(SEED)
    assert (card.number, card.status, card.slug) == (4, "draft", "question-4")
    assert card.topics[0] == "Signal Handling" and len(card.topics) == 4
    assert card.scenario.startswith("A notification system in a Django application sends")
    assert "triggers on every save operation of the UserProfile model" in card.explanation
    assert card.answer.startswith("In this corrected version, the signal handler")
    assert card.versions[0].files["snippet.py"].startswith("from django.db import models\n")
    assert "if not created:" in card.versions[1].files["snippet.py"]


def test_it_says_what_the_shipped_card_says():
    from django.conf import settings

    (card,), shipped = read(SEED), read_folder(settings.CARDS_DIR / "profile-update")
    for key in ("number", "topics", "scenario", "question", "explanation", "answer"):
        assert getattr(card, key) == getattr(shipped, key)
    assert [v.files for v in card.versions] == [v.files for v in shipped.versions[:2]]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_line_ends_and_byte_order_mark_change_nothing(mark, end):
    assert read(mark + SEED.replace(b"\n", end)) == read(SEED)


def test_several_questions_in_one_file():
    second = SEED.replace(b"Question 4", b"Question 5", 1)
    assert [card.number for card in read(SEED + b"\n\n" + second)] == [4, 5]


def test_a_longer_fence_holds_a_shorter_one_and_headings_in_code_are_code():
    code = 'HELP = """\n```\n1 - Scenario\nQuestion 9\n```\n"""\n'
    text = SEED.decode().split("```python\n", 1)
    rest = text[1].split("```\n", 1)[1]
    (card,) = read(f"{text[0]}````python\n{code}````\n{rest}")
    assert card.versions[0].files["snippet.py"] == code


def test_only_the_broken_line_is_joined():
    text = SEED.decode().replace("lead", "\n\nA new paragraph.\n\n Indented, lead")
    (card,) = read(text)
    assert "\n\nA new paragraph.\n\n Indented" in card.explanation


BROKEN = [
    ("Question 4\n", "", "q.txt:2: text before the first question; expected Question N"),
    ("Question 4\n", "Question\n", "q.txt:1: Question has no number; expected Question N"),
    ("Question 4\n", "Question four\n", "q.txt:1: Question four has no number"),
    ("Question 4\n", "Question 4\nhello\n", "q.txt:2: text before the first section"),
    ("1 - Scenario", "1 - Story", "q.txt:9: unknown section 1 - Story; expected one of 0 -"),
    ("1 - Scenario", "1 - Story", "q.txt:1: section 1 - Scenario is missing;"),
    ("1 - Scenario", "0 - Topics", "q.txt:9: section 0 - Topics stands twice;"),
    ("```python\nfrom", "from", "q.txt:47: ```python inside the code block of line 36"),
    ("```python\nfrom", "```js\nfrom", "q.txt:13: code in js; expected ```python"),
    ("```python\nfrom", "words\n```python\nfrom", "q.txt:12: text beside the code block"),
    ("class UserProfile(", "class UserProfile((", "q.txt:19: SyntaxError: "),
    ("- Signal Handling", "Signal Handling", "q.txt:4: Signal Handling is no topic"),
    ("- Signal Handling", "- Data Integrity", "q.txt:5: topic Data Integrity stands twice"),
    (QUESTION, "", "q.txt:39: section 3 - Question is empty; expected text"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), BROKEN)
def test_mistake_names_its_line(old, new, said):
    text = SEED.decode()
    assert old in text
    found = mistakes(text.replace(old, new, 1))
    assert any(mistake.startswith(said) for mistake in found), found


def swapped():
    text = SEED.decode()
    head, scenario, code, rest = (
        text[: text.index("1 - ")],
        text[text.index("1 - ") : text.index("2 - ")],
        text[text.index("2 - ") : text.index("3 - ")],
        text[text.index("3 - ") :],
    )
    return head + code + scenario + rest


def test_other_order_is_refused():
    assert "q.txt:36: section 1 - Scenario stands after 2 - Code; expected the order" in str(
        mistakes(swapped())
    )


def test_code_without_a_fence_is_refused():
    text = SEED.decode()
    start, end = text.index("```python"), text.index("3 - Question")
    assert mistakes(text[:start] + "x = 1\n\n" + text[end:]) == [
        "q.txt:12: section 2 - Code has no code block; expected ```python … ```"
    ]


def test_second_code_block_is_refused():
    text = SEED.decode().replace("```\n\n3 - ", "```\n\n```python\nx = 1\n```\n\n3 - ")
    assert mistakes(text) == ["q.txt:39: a second code block; expected one code block"]


def test_same_question_twice_is_refused():
    assert mistakes(SEED + b"\n" + SEED)[0].endswith(
        "Question 4 stands twice; expected it once (1)"
    )


def test_other_bytes_are_refused():
    assert mistakes(b"Question 4\n\xff") == ["q.txt:2: byte 0xff is not UTF-8; expected UTF-8 text"]
    assert mistakes(b"") == ["q.txt:1: no question; expected Question N on a line of its own"]
    assert mistakes(b"x" * 300_000) == ["q.txt: 300000 bytes; expected at most 262144"]


def test_all_mistakes_are_told_at_once():
    text = SEED.decode()
    for old, new in (
        ("- Signal Handling", "Signal Handling"),
        ("1 - Scenario", "1 - Story"),
        ("```python\nfrom", "from"),
        (QUESTION, ""),
        ("created, **kwargs):", "created, **kwargs:"),
    ):
        assert old in text
        text = text.replace(old, new, 1)
    said = mistakes(text)
    wanted = (
        "q.txt:1: section 1 - Scenario is missing",
        "q.txt:4: Signal Handling is no topic",
        "q.txt:9: unknown section 1 - Story",
        "q.txt:36: a code block that does not end before 3 - Question; expected ```python before",
        "q.txt:38: section 3 - Question is empty",
        "q.txt:47: ```python inside the code block of line 36",
        "q.txt:58: SyntaxError",
    )
    assert len(said) == len(wanted)
    for mistake, start in zip(said, wanted, strict=True):
        assert mistake.startswith(start), said


def test_topics_that_there_are_not_are_told_at_their_line():
    with pytest.raises(CardMistakes) as caught:
        read_questions(SEED, file="q.txt", topics=["Signal Handling", "Data Integrity"])
    assert [(m.line, m.what) for m in caught.value.mistakes] == [
        (6, "there is no topic Avoiding Circular Imports"),
        (7, "there is no topic Best Practices in Signal Usage"),
    ]


def run(*args, **options):
    out = io.StringIO()
    call_command("import_cards", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_command_writes_a_folder_that_loads(tmp_path):
    assert f"written: {tmp_path}/question-4" in run(DATA / "question-4.txt", to=tmp_path)
    assert read_folder(tmp_path / "question-4") == read(SEED)[0]


def test_command_never_overwrites(tmp_path):
    (tmp_path / "question-4").mkdir()
    with pytest.raises(CommandError, match="is there already") as caught:
        run(DATA / "question-4.txt", to=tmp_path)
    assert caught.value.returncode == 2


@pytest.mark.django_db
def test_command_saves_a_draft(tmp_path):
    call_command("load_cards", DATA / "late-email", stdout=io.StringIO())
    assert run(DATA / "question-4.txt", draft=True) == "draft saved: question-4\n"
    assert Card.objects.get(slug="question-4").status == "draft"


@pytest.mark.django_db
def test_draft_with_a_number_in_use_is_refused():
    call_command("load_cards", stdout=io.StringIO())
    with pytest.raises(CommandError, match="number 4 is that of card profile-update"):
        run(DATA / "question-4.txt", draft=True)
    assert not Card.objects.filter(status="draft").exists()


def test_command_names_every_mistake_of_every_file(tmp_path):
    (tmp_path / "a.txt").write_text("Question\n")
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "a.txt", tmp_path / "none.txt")
    assert "a.txt:1: Question has no number" in str(caught.value)
    assert "none.txt: No such file or directory" in str(caught.value)
