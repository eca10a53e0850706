"""Files that cannot be imported: each changes nothing and says in words what is wrong, where."""

import io
import zipfile

import msgspec
import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from questions.card_folder import read_folder
from questions.card_load import write
from questions.card_write import card_files, card_yaml
from questions.card_zip import write_zip
from questions.models import Card, Case, Claim, Revision, Topic, Version
from tests.questions import test_card_csv, test_card_zip
from tests.questions.conftest import DATA
from tests.questions.test_card_zip import packed, whole

SEED = (DATA / "question-4.txt").read_bytes()
LATE = read_folder(DATA / "late-email")
YAML = card_yaml(LATE)
OTHER = msgspec.structs.replace(LATE, slug="other", number=902)


def zipped(**files):
    """Return the small card's zip with other files of that name (a/b.py as a__b_py)."""
    names = {name.replace("__", "/").replace("_py", ".py"): v for name, v in files.items()}
    texts = {**{p: t.encode() for p, t in card_files(LATE).items()}, **names}
    return packed([(f"late-email/{path}", content) for path, content in texts.items()])


def nul_name():
    raw = packed([(f"late-email/x.py{chr(1)}.txt", b"")])
    return raw.replace(b"x.py\x01.txt", b"x.py\0.txt")


def other_name_inside():
    """Return a zip whose directory calls a file by another name than the file itself does."""
    raw = packed(whole())
    at = raw.rindex(b"late-email/card.yaml")
    return raw[:at] + b"late-email/cart.yaml" + raw[at + 20 :]


def declared_small():
    """Return a zip whose directory says 10 bytes of a file that is far larger."""
    raw = bytearray(packed([("late-email/card.yaml", b"0" * 10_000_000)], compression=8))
    at = raw.rindex(b"PK\x01\x02")
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    return bytes(raw)


LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

BAD = {
    **{f"zip, {name}": ("x.zip", raw, said) for name, (raw, said) in test_card_zip.BAD.items()},
    "zip, NUL in a name": ("x.zip", nul_name(), "has a NUL in its name"),
    "zip, two names of a file": ("x.zip", other_name_inside(), "not a zip that can be read"),
    "zip, false size": ("x.zip", declared_small(), "not a zip that can be read"),
    "zip, nested": ("x.zip", packed([("a/b.zip", write_zip([LATE]))]), "no card.yaml in the zip"),
    "zip, nested in a card": (
        "x.zip",
        packed([*whole(), ("late-email/b.zip", write_zip([LATE]))]),
        "x.zip/late-email/b.zip: not part of the card",
    ),
    "zip, no folder": ("x.zip", packed([("card.yaml", b"number: 1")]), "stands in no folder"),
    "zip, one slug twice": (
        "x.zip",
        packed([(f"{at}/{name}", content) for at in "ab" for name, content in whole()]),
        "slug late-email is also that of a/late-email/",
    ),
    "zip, a slug in capitals": (
        "x.zip",
        packed([(name.replace("late-email", "Late"), content) for name, content in whole()]),
        "folder Late; expected a slug",
    ),
    "zip, code does not parse": (
        "x.zip",
        zipped(buggy__models_py=b"import os\ndef f(:\n"),
        "x.zip/late-email/buggy/models.py:2: SyntaxError: invalid syntax",
    ),
    "zip, code in Latin-1": (
        "x.zip",
        zipped(buggy__models_py=b"# caf\xe9\n"),
        "x.zip/late-email/buggy/models.py:1: byte 0xe9 is not UTF-8",
    ),
    "zip, a NUL in code": (
        "x.zip",
        zipped(buggy__models_py=b"x = 1\n\0"),
        "x.zip/late-email/buggy/models.py:2: a NUL",
    ),
    "zip, a file of no card": (
        "x.zip",
        zipped(notes=b"hello"),
        "x.zip/late-email/notes: not part of the card",
    ),
    "zip, one of two cards bad": (
        "x.zip",
        packed([*whole(), ("other/card.yaml", b"title: [")]),
        "x.zip/other/card.yaml:1: not YAML",
    ),
    "zip, YAML files": ("x.zip", packed([("a.yaml", b"slug: !x y")]), "a.yaml:1: slug: tag !x"),
    "empty zip": ("x.zip", packed([]), "no card.yaml in the zip"),
    "yaml, tag": ("x.yaml", b"slug: !!python/object:os.system x", "x.yaml:1: slug: tag tag:yaml"),
    "yaml, alias": ("x.yaml", b"slug: &a x\ntitle: *a", "x.yaml:2: title: alias *a"),
    "yaml, billion laughs": ("x.yaml", LAUGHS.encode(), "x.yaml:2: b › 1: alias *a"),
    "yaml, merge key": ("x.yaml", b"slug: x\n<<: {title: y}", "x.yaml:2: a key that is no text"),
    "yaml, deep": ("x.yaml", b"slug: " + b"[" * 5000, "nested too deeply"),
    "yaml, name of a device": (
        "x.yaml",
        YAML.replace("      models.py: |", "      CON.py: |", 1).encode(),
        "CON.py: not a name for a file",
    ),
    "yaml, slug of a device": ("x.yaml", b"slug: aux", "x.yaml:1: slug: aux; expected"),
    "yaml, huge number": (
        "x.yaml",
        YAML.replace("number: 901", f"number: {'9' * 5000}").encode(),
        f"x.yaml:2: number: a whole number: {'9' * 184}…; expected a whole number from 1 to 99999",
    ),
    "yaml, deep blocks": (
        "x.yaml",
        b"slug: x\nhints:\n" + b"".join(b" " * n + b"-\n" for n in range(1, 900)),
        "x.yaml:14: nested too deeply",
    ),
    "yaml, binary": ("x.yaml", b"slug: !!binary aGk=", "x.yaml:1: slug: tag tag:yaml.org,2002:bin"),
    "yaml, half a character": ("x.yaml", b'slug: "\\ud800"', "x.yaml:1: not YAML"),
    "zip, a file as a folder": (
        "x.zip",
        packed([*whole(), ("late-email/card.yaml/x.py", b"")]),
        "x.zip/late-email/card.yaml/x.py: not part of the card",
    ),
    "zip, a stream beside a file": (
        "x.zip",
        packed([*whole(), ("late-email/x.py:ads", b"")]),
        "has a name that is not allowed",
    ),
    "zip, one name written in two ways": (
        "x.zip",
        packed([("a/\u00e9.py", b""), ("a/e\u0301.py", b"")]),
        "has a name that is not allowed",
    ),
    "zip, settings too deep": (
        "x.zip",
        zipped(**{"project.json": b"[" * 60_000}),
        "x.zip/late-email/project.json:1: not JSON",
    ),
    "text, UTF-16": ("x.txt", SEED.decode().encode("utf-16"), "x.txt:1: byte 0xff is not UTF-8"),
    "text, huge number": (
        "x.txt",
        SEED.replace(b"Question 4", b"Question " + b"9" * 5000, 1),
        f"x.txt:1: Question {'9' * 191}…; expected Question N",
    ),
    "text, code too deep": (
        "x.txt",
        SEED.replace(b"models.TextField()", b"(" * 3000 + b")" * 3000, 1),
        "x.txt:21: SyntaxError: too many nested parentheses",
    ),
    "csv, a cell too large": (
        "x.csv",
        test_card_csv.text(scenario="a" * 200_000),
        "x.csv:2: not CSV: field larger than field limit",
    ),
    "csv, a quote never closed": (
        "x.csv",
        test_card_csv.text() + b'"never closed',
        "not CSV: unexpected end of data",
    ),
    "csv, huge number": ("x.csv", test_card_csv.text(number="9" * 6000), f"x.csv:2: {'9' * 200}…"),
    "yaml, type": ("x.yaml", b"slug: x\nnumber: four", "x.yaml:2: number: text: four"),
    "yaml, date": ("x.yaml", b"slug: 2026-11-23", "x.yaml:1: slug: a date: 2026-11-23"),
    "yaml, key twice": ("x.yaml", b"slug: x\nslug: y", "the key slug stands twice"),
    "yaml, unknown key": ("x.yaml", b"slug: x\nowner: y", "x.yaml:2: unknown key owner"),
    "yaml, two documents": ("x.yaml", b"slug: x\n---\nslug: y", "x.yaml:2: a second document"),
    "yaml, encoding": ("x.yaml", b"slug: \xff", "x.yaml:1: byte 0xff is not UTF-8"),
    "yaml, UTF-16": ("x.yaml", YAML.encode("utf-16"), "x.yaml:1: byte 0xff is not UTF-8"),
    "yaml, a NUL": ("x.yaml", b"slug: x\ntitle: a\0b", "x.yaml:2: the character #x0000"),
    "yaml, no code": ("x.yaml", b"slug: x\nversions: {buggy: {title: y}}", "the key files is"),
    "yaml, code does not parse": (
        "x.yaml",
        YAML.replace("class Order(", "class Order((", 1).encode(),
        "buggy/models.py:",
    ),
    "yaml, path leads out": (
        "x.yaml",
        YAML.replace("      models.py: |", "      ../models.py: |", 1).encode(),
        "not a name for a file",
    ),
    "yaml, too long": ("x.yaml", b"#" * 600_000, "x.yaml: 600000 bytes; expected at most"),
    "yaml, empty": ("x.yaml", b" \n", "x.yaml:1: the file is empty"),
    "text, no fence": ("x.txt", SEED.replace(b"```python", b"", 1), "code block of line"),
    "text, code does not parse": (
        "x.txt",
        SEED.replace(b"class UserProfile(", b"class UserProfile((", 1),
        "SyntaxError",
    ),
    "text, section missing": (
        "x.txt",
        SEED.replace(b"4 - Explanation", b""),
        "section 4 - Explanation is missing",
    ),
    "text, no question": ("x.txt", b"Hello", "x.txt:1: text before the first question"),
    "text, encoding": ("x.txt", SEED + b"\xff", "byte 0xff is not UTF-8"),
    "csv, formula": ("x.csv", test_card_csv.text(title="=1+1"), "begins like a formula"),
    "csv, encoding": ("x.csv", b"slug\xff", "byte 0xff is not UTF-8"),
    "csv, a NUL": ("x.csv", test_card_csv.text(title="a\0b"), "x.csv:2: a NUL"),
    "csv, unknown column": ("x.csv", b"title,owner\n", "unknown column owner"),
    "csv, type": ("x.csv", test_card_csv.text(difficulty="hard"), "x.csv:2: hard; expected 1, 2"),
    "csv, code does not parse": (
        "x.csv",
        test_card_csv.text(code="def f(:"),
        "x.csv:2: line 1 of the code: SyntaxError",
    ),
    "csv, no rows": ("x.csv", test_card_csv.text().split(b"\n")[0], "no question"),
    "an image": ("x.png", b"\x89PNG\r\n\x1a\n\0", "byte 0x89 is not UTF-8"),
}  # fmt: skip

# Files that are well made and still cannot be taken as they are.
TROUBLE = {
    "unknown topic": (
        write_zip([msgspec.structs.replace(OTHER, topics=["Cooking"])]),
        "There is no topic “Cooking”; expected one of Data Integrity",
    ),
    "published": (
        write_zip([msgspec.structs.replace(LATE, title="Another")]),
        "The card late-email is published and says something else",
    ),
    "one good, one not": (
        write_zip([OTHER, msgspec.structs.replace(LATE, title="Another")]),
        "an import never changes it",
    ),
}


def everything():
    """Return what must not change."""
    counts = [m.objects.count() for m in (Version, Case, Claim, Revision, Topic, LogEntry)]
    return counts, list(Card.objects.values_list("slug", "status", "digest", "updated_at"))


@pytest.fixture
def ina(client, db):
    Topic.objects.create(slug="data-integrity", name="Data Integrity")
    write(LATE)
    user = User.objects.create_user("ina", is_staff=True)
    user.groups.add(Group.objects.get(name="Instructors"))
    client.force_login(user)
    return client


def look(client, name, raw):
    data = {"file": SimpleUploadedFile(name, raw), "text": ""}
    return client.post(reverse("admin:questions_card_import"), data)


def test_there_are_many_kinds():
    assert len(BAD) + len(TROUBLE) >= 60


@pytest.mark.parametrize("name", BAD)
def test_bad_file_changes_nothing_and_says_why(ina, name):
    before = everything()
    file, raw, said = BAD[name]
    answer = look(ina, file, raw)
    text = "\n".join(map(str, answer.context.get("mistakes", []))) or answer.content.decode()
    assert answer.status_code == 200 and said in text
    assert "sealed" not in answer.context
    assert everything() == before


@pytest.mark.parametrize("name", TROUBLE)
def test_trouble_changes_nothing_and_says_why(ina, name):
    before = everything()
    raw, said = TROUBLE[name]
    answer = look(ina, "x.zip", raw)
    assert not answer.context["ready"] and said in answer.content.decode()
    data = {"confirmed": "1", "sealed": answer.context["sealed"]}
    again = ina.post(reverse("admin:questions_card_import"), data)
    assert said in again.content.decode()
    assert everything() == before


def test_encrypted_entry_changes_nothing(ina):
    raw = bytearray(write_zip([LATE]))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.infolist()[0].flag_bits & 1
    before = everything()
    assert "is encrypted" in look(ina, "x.zip", bytes(raw)).content.decode()
    assert everything() == before


def test_empty_file_is_told(ina):
    text = look(ina, "x.zip", b"").content.decode()
    assert "The submitted file is empty." in text
