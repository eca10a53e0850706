"""Zips of card folders: what is written comes back, and every trick a zip can play is refused."""

import io
import stat
import zipfile

import pytest

from questions.card_folder import read_folder
from questions.card_yaml import CardMistakes
from questions.card_zip import read_zip, write_zip
from tests.questions.conftest import DATA
from tests.questions.test_card_folder import FOLDERS

CARD = read_folder(DATA / "late-email")


def packed(files, **more):
    """Return a zip of {name or ZipInfo: bytes}."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", **more) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return buffer.getvalue()


def entry(name, mode=stat.S_IFREG | 0o644):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def whole():
    with zipfile.ZipFile(io.BytesIO(write_zip([CARD]))) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def refused(raw):
    with pytest.raises(CardMistakes) as caught:
        read_zip(raw, file="x.zip")
    return "\n".join(map(str, caught.value.mistakes))


def test_it_works():
    assert read_zip(write_zip([CARD]), file="x.zip") == [CARD]


def test_whole_bank_comes_back_with_the_same_digests():
    cards = [read_folder(folder) for folder in FOLDERS]
    again = {card.slug: card for card in read_zip(write_zip(cards), file="x.zip")}
    assert [again[card.slug].digest for card in cards] == [card.digest for card in cards]


def test_equal_cards_give_equal_bytes():
    assert write_zip([CARD]) == write_zip([CARD])


def test_folders_around_and_what_systems_leave_behind_do_no_harm():
    files = [(f"my cards/{name}", content) for name, content in whole()]
    files += [("__MACOSX/x/._card.yaml", b"?"), ("my cards/.DS_Store", b"?"), ("my cards/", b"")]
    assert read_zip(packed(files), file="x.zip") == [CARD]


BAD = {
    "no zip": (b"PK\x03\x04 nothing", "not a zip that can be read"),
    "cut off": (write_zip([CARD])[:-40], "not a zip that can be read"),
    "no card": (packed([("a.txt", b"")]), "no card.yaml in the zip"),
    "too long": (b"x" * (8 * 1024 * 1024 + 1), "at most 8388608"),
    "slip": (packed([("../../etc/x.py", b"")]), "has a name that is not allowed"),
    "slip within": (packed([("a/../../x.py", b"")]), "has a name that is not allowed"),
    "absolute": (packed([("/etc/x.py", b"")]), "has a path that leads elsewhere"),
    "drive": (packed([("C:/x.py", b"")]), "has a name that is not allowed"),
    "backslash": (packed([("a\\..\\x.py", b"")]), "has a name that is not allowed"),
    "control": (packed([("a\n/x.py", b"")]), "has a name that is not allowed"),
    "long name": (packed([("a/" * 9 + "b" * 240, b"")]), "too long"),
    "link": (packed([(entry("a/card.yaml", stat.S_IFLNK | 0o777), b"/etc/passwd")]), "is a link"),
    "device": (packed([(entry("a/card.yaml", stat.S_IFCHR), b"")]), "is a link or a device"),
    "twice in another case": (packed([("a/x.py", b""), ("A/X.py", b"")]), "stands in the"),
    "bomb": (packed([("a/card.yaml", b"0" * 10_000_000)], compression=8), "too large unpacked"),
    "many bombs": (
        packed([(f"a/{n}.py", b"0" * 250_000) for n in range(140)], compression=8),
        "at most 33554432 bytes in all",
    ),
    "too many": (packed([(f"a/{n}", b"") for n in range(5001)]), "5001 entries"),
    "lzma": (packed([("a/card.yaml", b"")], compression=zipfile.ZIP_LZMA), "unusual way"),
    "stray file": (packed([*whole(), ("other/x.py", b"")]), "other/x.py: not part of a card"),
    "bad card": (packed([("late-email/card.yaml", b"number: x")]), "card.yaml:1: number: text: x"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_zip_is_refused(name):
    raw, said = BAD[name]
    assert said in refused(raw)


def test_encrypted_zip_is_refused():
    raw = bytearray(packed([("a/card.yaml", b"number: 1")]))
    raw[6] |= 1
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    assert "is encrypted" in refused(bytes(raw))


def test_same_name_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        raw = packed([("a/x.py", b"1"), ("a/x.py", b"2")])
    assert "stands in the zip twice" in refused(raw)
