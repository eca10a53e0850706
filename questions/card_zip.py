"""Card folders in a zip: written the same way each time, read with every limit a zip needs."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from collections.abc import Callable, Iterable

from questions.card_data import CardData
from questions.card_folder import IGNORED, read_files, read_one_file
from questions.card_write import card_files, card_yaml
from questions.card_yaml import CardMistakes, Mistake

ZIP_BYTES = 8 * 1024 * 1024  # as it was sent
REAL_BYTES = 32 * 1024 * 1024  # all files unpacked
FILE_BYTES = 256 * 1024  # one file unpacked
MOST_ENTRIES = 5000
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same cards give the same bytes
ONE_FILE = re.compile(r"[^/]+\.ya?ml")
NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_. -]*")


def write_zip(cards: Iterable[CardData], link: Callable[[CardData], str] | None = None) -> bytes:
    """Return a zip with a folder a card; equal cards give equal bytes.

    With `link`, card.yaml begins with a comment that leads to the live card.
    """
    files: dict[str, str] = {}
    for card in cards:
        texts = card_files(card)
        texts["card.yaml"] = _head(card, link) + texts["card.yaml"]
        files |= {f"{card.slug}/{path}": text for path, text in texts.items()}
    return _packed(files)


def write_one_files(
    cards: Iterable[CardData], link: Callable[[CardData], str] | None = None
) -> bytes:
    """Return a zip with one YAML file a card."""
    return _packed({f"{card.slug}.yaml": _head(card, link) + card_yaml(card) for card in cards})


def _head(card: CardData, link: Callable[[CardData], str] | None) -> str:
    return f"# {link(card)}\n" if link else ""


def _packed(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in files.items():
            entry = zipfile.ZipInfo(path, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, text.encode())
    return buffer.getvalue()


def read_zip(raw: bytes, *, file: str) -> list[CardData]:
    """Return the cards of a zip; raise CardMistakes with what is wrong in all of them."""
    contents = _entries(raw, file)
    roots = sorted(
        path.removesuffix("card.yaml")
        for path in contents
        if path.rpartition("/")[2] == "card.yaml"
    )
    if not roots and contents and all(ONE_FILE.fullmatch(path) for path in contents):
        return _one_files(contents, file)
    if not roots:
        raise _refused(file, "no card.yaml in the zip", "<slug>/card.yaml")
    if "" in roots:
        raise _refused(f"{file}/card.yaml", "stands in no folder", "<slug>/card.yaml")
    mistakes = _same_slugs(roots, file)
    cards: list[CardData] = []
    known = set()
    for root in roots:
        files = {p.removeprefix(root): c for p, c in contents.items() if p.startswith(root)}
        known |= {root + path for path in files}
        try:
            cards.append(read_files(_slug(root), files, prefix=f"{file}/{root}"))
        except CardMistakes as error:
            mistakes += error.mistakes
    mistakes += [
        Mistake(f"{file}/{path}", 0, "not part of a card", "files in a card's folder")
        for path in sorted(contents.keys() - known)
    ]
    if mistakes:
        raise CardMistakes(mistakes)
    return cards


def _one_files(contents: dict[str, bytes], file: str) -> list[CardData]:
    """Return the cards of a zip of single YAML files, as write_one_files() makes it."""
    mistakes: list[Mistake] = []
    cards: list[CardData] = []
    for path, raw in sorted(contents.items()):
        try:
            cards.append(read_one_file(raw, file=f"{file}/{path}"))
        except CardMistakes as error:
            mistakes += error.mistakes
    if mistakes:
        raise CardMistakes(mistakes)
    return cards


def _same_slugs(roots: list[str], file: str) -> list[Mistake]:
    """Find folders of one name in different places: each would be the same card."""
    first: dict[str, str] = {}
    mistakes = []
    for root in roots:
        slug = _slug(root)
        if slug in first:
            what = f"slug {slug} is also that of {first[slug]}"
            mistakes.append(Mistake(f"{file}/{root}", 0, what, "another folder name"))
        first.setdefault(slug, root)
    return mistakes


def _slug(root: str) -> str:
    return root.rstrip("/").rpartition("/")[2]


def _entries(raw: bytes, file: str) -> dict[str, bytes]:
    """Return the bytes of the files in a zip by path; refuse it at the first thing that is odd."""
    if len(raw) > ZIP_BYTES:
        raise _refused(file, f"{len(raw)} bytes", f"at most {ZIP_BYTES}")
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _unpacked(archive, file)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError) as error:
        raise _refused(file, f"not a zip that can be read: {error}", "a plain zip") from error
    except (RuntimeError, ValueError, OSError) as error:
        raise _refused(file, f"cannot be unpacked: {error}", "a plain zip") from error


def _unpacked(archive: zipfile.ZipFile, file: str) -> dict[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _refused(file, f"{len(entries)} entries", f"at most {MOST_ENTRIES}")
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    left = REAL_BYTES
    for entry in entries:
        name = entry.filename
        if why := _odd(entry):
            raise _refused(f"{file}/{name[:200]!a}", why, "plain files in plain folders")
        if entry.is_dir() or IGNORED & set(name.split("/")) or name.startswith("__MACOSX/"):
            continue
        if name.casefold() in seen:
            raise _refused(f"{file}/{name}", "stands in the zip twice", "it once")
        seen.add(name.casefold())
        with archive.open(entry) as stream:
            content = stream.read(FILE_BYTES + 1)
        # What the directory says of sizes is a claim; what was read counts.
        if len(content) > FILE_BYTES:
            raise _refused(f"{file}/{name}", "too large unpacked", f"at most {FILE_BYTES} bytes")
        left -= len(content)
        if left < 0:
            raise _refused(file, "too large unpacked", f"at most {REAL_BYTES} bytes in all")
        found[name] = content
    return found


def _odd(entry: zipfile.ZipInfo) -> str:
    """Return what is odd about an entry: its name, its kind, how it is packed."""
    name = entry.filename
    parts = name.rstrip("/").split("/")
    if "\0" in entry.orig_filename:  # which zipfile cuts off, so that x.py\0.txt seems to be x.py
        return "has a NUL in its name"
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind and not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        return "is a link or a device"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    if entry.compress_type not in PLAIN:
        return "is packed in an unusual way"
    if name.startswith("/") or len(name) > 240 or len(parts) > 10:
        return "has a path that leads elsewhere or is too long"
    hidden = {".DS_Store"}
    if not all(NAME.fullmatch(part) or part in hidden or part.startswith("._") for part in parts):
        return "has a name that is not allowed"
    return ""


def _refused(file: str, what: str, expected: str) -> CardMistakes:
    return CardMistakes([Mistake(file, 0, what, expected)])
