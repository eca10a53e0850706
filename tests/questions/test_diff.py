"""The diff: it loses no line, invents none, and marks what changed inside one."""

from hypothesis import given, settings
from hypothesis import strategies as st

from questions.diff import beside, changes, unified, worded

OLD = "def tell(sender, **kwargs):\n    send()\n    log()\n"
NEW = "def tell(sender, created, **kwargs):\n    if created:\n        send()\n    log()\n"
texts = st.lists(st.sampled_from(["a = 1", "    a = 1", "b = 2", "", "c(d, e)", "c(d, e, f)"]))


def rows(part):
    return [[(m.kind, m.n) if m else None for m in row] for row in part.rows]


def test_it_works():
    assert rows(beside("models.py", OLD, [NEW])) == [
        [("del", 1), ("add", 1)],
        [None, ("add", 2)],
        [("same", 2), ("moved", 3)],
        [("same", 3), ("same", 4)],
    ]


def test_changed_words_are_marked_and_nothing_else():
    assert worded("f(a, b)", "f(a, new, b)") == "f(a, <ins>new,</ins> b)"
    assert worded("<a>", "<b>") == "&lt;<ins>b</ins>&gt;"


def test_signs_have_words():
    row = beside("models.py", OLD, [NEW]).rows[0]
    assert [mark.sign + mark.word for mark in row] == ["−removed: ", "+added: "]


def test_a_file_that_is_not_there_has_no_lines():
    text = "a = 1\n\nb = 2\n"
    assert [(m.kind, m.n) for m in unified("x.py", "", text)] == [("add", n) for n in (1, 2, 3)]
    assert [(m.kind, m.n) for m in unified("x.py", text, "")] == [("del", n) for n in (1, 2, 3)]


def test_a_file_that_a_version_does_not_have_leaves_its_column_empty():
    part = beside("models.py", OLD, [NEW, None])
    assert all(row[2] is None for row in part.rows)


def test_the_same_file_is_the_same():
    assert beside("models.py", OLD, [OLD]).same


@settings(deadline=None)
@given(texts, texts)
def test_no_line_is_lost_and_none_is_invented(old, new):
    a, b = "\n".join(old).rstrip("\n"), "\n".join(new).rstrip("\n")
    found = changes(a, b)
    assert [c.base for c in found if c.base is not None] == list(range(len(a.split("\n"))))
    assert [c.other for c in found if c.other is not None] == list(range(len(b.split("\n"))))


@settings(deadline=None)
@given(texts, texts, texts)
def test_every_column_has_its_lines_in_order(base, one, two):
    part = beside("x.py", *["\n".join(base), ["\n".join(one), "\n".join(two)]])
    for i, text in enumerate((base, one, two)):
        numbers = [row[i].n for row in part.rows if row[i]]
        assert numbers == list(range(1, len("\n".join(text).rstrip("\n").split("\n")) + 1))


@settings(deadline=None)
@given(texts, texts)
def test_one_column_has_every_line_of_both(old, new):
    marks = unified("x.py", "\n".join(old), "\n".join(new))
    kept = [m for m in marks if m.kind != "del"]
    assert [m.n for m in kept] == list(range(1, len(kept) + 1))


def test_a_mark_says_how_deep_its_line_is_for_the_rest_of_a_wrapped_one():
    old, new = "if a:\n    if b:\n        send(1)\n", "if a:\n    if b:\n        send(2)\n"
    assert [m.depth for m in unified("x.py", old, new)] == [0, 1, 2, 2]
