"""Simple questions in a CSV: rows become drafts, mistakes name line and column."""

import csv
import io

import pytest

from questions.card_csv import COLUMNS, read_csv
from questions.card_yaml import CardMistakes

ROW = {
    "slug": "late", "title": "Late", "topics": "Data Integrity; Signal Handling", "difficulty": "2",
    "scenario": "A story,\nof two lines.", "question": "Why?", "explanation": "- because",
    "answer": "So.", "number": "7", "code": "x = 1", "fixed_code": "x = 2",
}  # fmt: skip


def text(*rows, head=None, **changes):
    out = io.StringIO()
    writer = csv.DictWriter(out, head or list(ROW), extrasaction="ignore")
    writer.writeheader()
    writer.writerows([{**row, **changes} for row in rows or [ROW]])
    return out.getvalue().encode()


def read(raw):
    return read_csv(raw, file="q.csv")


def mistakes(raw):
    with pytest.raises(CardMistakes) as caught:
        read(raw)
    return [(m.line, m.column, m.what) for m in caught.value.mistakes]


def test_it_works():
    (card,) = read(text())
    assert (card.slug, card.number, card.status) == ("late", 7, "draft")
    assert card.topics == ["Data Integrity", "Signal Handling"]
    assert card.scenario == "A story,\nof two lines."
    assert [v.files for v in card.versions] == [
        {"snippet.py": "x = 1\n"},
        {"snippet.py": "x = 2\n"},
    ]


def test_row_without_number_or_slug_leaves_them_to_the_import():
    first, second = {**ROW, "number": "", "slug": ""}, {**ROW, "slug": "b", "number": "51"}
    cards = read(text(first, {**second, "title": "Two, one late!"}))
    assert [(card.slug, card.number) for card in cards] == [("late", 0), ("b", 51)]
    head = [name for name in ROW if name not in ("number", "slug", "code", "fixed_code", "answer")]
    (card,) = read(text({**ROW, "title": "Two, one late!"}, head=head))
    assert (card.slug, card.number, card.versions) == ("two-one-late", 0, [])


def test_marked_cells_are_text():
    (card,) = read(text(title="'=1+1", answer="'-x", explanation="'tis so"))
    assert (card.title, card.answer, card.explanation) == ("=1+1", "-x", "'tis so")


def test_column_names_and_line_ends_are_read_kindly():
    raw = b"\xef\xbb\xbf" + text().replace(b"slug,title", b"Slug, Title")
    assert read(raw)[0].title == "Late"


@pytest.mark.parametrize(
    ("changes", "line", "column", "said"),
    [
        ({"slug": "A b"}, 2, 1, "slug A b"),
        ({"slug": "", "title": "≠"}, 2, 1, "slug "),
        ({"topics": " ; "}, 2, 3, "no topic"),
        ({"code": "x = 1\ndef f(:"}, 2, 10, "line 2 of the code: SyntaxError: invalid syntax"),
        (
            {"fixed_code": " x = 1"},
            2,
            11,
            "line 1 of the fixed_code: IndentationError: unexpected indent",
        ),
        ({"title": "=HYPERLINK(1)"}, 2, 2, "begins like a formula: =HYPERLINK(1)"),
        ({"title": "+1"}, 2, 2, "begins like a formula: +1"),
        ({"title": "@sum"}, 2, 2, "begins like a formula: @sum"),
        ({"title": "＝1+1"}, 2, 2, "begins like a formula: ＝1+1"),
        ({"answer": "-1+1"}, 2, 8, "begins like a formula: -1+1"),
        ({"difficulty": "hard"}, 2, 4, "hard"),
        ({"number": "٣"}, 2, 9, "٣"),
        ({"title": "x" * 121}, 2, 2, "title has 121 characters"),
        ({"title": "a\nb"}, 2, 2, "more than one line"),
    ],
)
def test_mistake_names_line_and_column(changes, line, column, said):
    assert (line, column, said) in mistakes(text(**changes))


def test_other_mistakes():
    assert mistakes(b"slug,what\n")[0][2].startswith("no column")
    assert any("column slug stands twice" in m[2] for m in mistakes(b"slug,slug\n"))
    assert mistakes(text() + b"a,b\n") == [(4, 0, "2 values")]
    assert mistakes(text() + b'"a\n')[0][2].startswith("not CSV")
    assert mistakes(text() + b"a\0b")[0] == (4, 0, "a NUL")
    assert mistakes(text().split(b"\n")[0]) == [(2, 0, "no question")]
    assert mistakes(b"\xff")[0][2] == "byte 0xff is not UTF-8"
    assert mistakes(text(ROW, ROW)) == [
        (4, 9, "number 7 stands twice"),
        (4, 1, "slug late stands twice"),
    ]
    assert mistakes(b"x" * 1_100_000)[0][2] == "1100000 bytes"


def test_every_column_is_known():
    assert set(ROW) == set(COLUMNS)


def test_a_fix_of_no_code_is_a_mistake():
    assert mistakes(text(code="")) == [(2, 11, "fixed_code without code")]
    (card,) = read(text(code="", fixed_code=""))
    assert (card.versions, card.cases) == ([], [])
