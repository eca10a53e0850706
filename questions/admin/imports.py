"""Bringing cards in: a dry run first, then confirm; what comes in is a draft."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

import msgspec
from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from questions.card_csv import read_csv
from questions.card_data import CardData
from questions.card_folder import read_yaml
from questions.card_import import free_number, save_drafts, trouble
from questions.card_keys import SLUG
from questions.card_yaml import YAML_BYTES, CardMistakes, Mistake
from questions.card_zip import ZIP_BYTES, read_zip
from questions.seed_text import read_questions

TEMPLATE = "admin/questions/card/import.html"
SALT = "questions.admin.imports"
HOURS = 12 * 3600  # seconds between looking and confirming


class BringForm(forms.Form):
    """A file, or text pasted."""

    file = forms.FileField(
        required=False,
        help_text="A zip of card folders, a YAML file, questions as plain text, or a CSV.",
    )
    text = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 18, "cols": 100, "class": "code", "spellcheck": "false"}),
        help_text="Or paste a question as text (“Question 4”, “0 - Topics” …), YAML or CSV.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > ZIP_BYTES:
            raise forms.ValidationError(f"{file.size} bytes; at most {ZIP_BYTES}.")
        return file

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if not self.errors and not said.get("file") and not said.get("text", "").strip():
            raise forms.ValidationError("Choose a file or paste a text.")
        return said

    def raw(self) -> tuple[str, bytes]:
        """Return a name and the bytes of what was brought."""
        file = self.cleaned_data["file"]
        if file:
            return PurePosixPath(file.name).name, file.read(ZIP_BYTES + 1)
        return "pasted text", self.cleaned_data["text"].encode(errors="surrogatepass")


def bring(admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the form; POST reads what was brought and shows what would be saved; then save it."""
    if not request.user.has_perm("questions.add_card"):
        raise PermissionDenied
    context: dict[str, Any] = {"title": "Import cards", "form": BringForm()}
    if request.method == "POST" and "confirmed" in request.POST:
        return _confirm(admin, request, context)
    if request.method == "POST":
        context |= _look(request)
    return _page(admin, request, context)


def _page(admin: Any, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, TEMPLATE, {**admin.admin_site.each_context(request), **context})


def _look(request: HttpRequest) -> dict[str, Any]:
    """Read what was brought; nothing is saved."""
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"form": form}
    try:
        cards = read(*form.raw())
    except CardMistakes as error:
        return {"form": form, "mistakes": error.mistakes}
    cards = [_with_free_number(card, cards, request.user) for card in cards]
    return {"form": form, **_dry_run(cards, request.user)}


def read(name: str, raw: bytes) -> list[CardData]:
    """Return the cards in a file of any kind we know; raise CardMistakes."""
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:200]
    suffix = PurePosixPath(name).suffix.lower()
    if raw.startswith(b"PK") or suffix == ".zip":
        return read_zip(raw, file=name)
    if suffix == ".csv" or start.split(b"\n")[0].lower().startswith((b"slug,", b"number,slug,")):
        return read_csv(raw, file=name, first_number=free_number())
    if suffix in (".yaml", ".yml") or start.startswith(
        (b"slug:", b"number:", b"# yaml", b"title:")
    ):
        return [read_yaml(_text(name, raw), file=name)]
    return read_questions(raw, file=name)


def _text(name: str, raw: bytes) -> str:
    if len(raw) > 4 * YAML_BYTES:
        raise CardMistakes([Mistake(name, 0, f"{len(raw)} bytes", f"at most {4 * YAML_BYTES}")])
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        what = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise CardMistakes([Mistake(name, line, what, "UTF-8 text")]) from error


def _with_free_number(card: CardData, cards: list[CardData], user: Any) -> CardData:
    """Return the card with a number that is free, where its own is taken by another card."""
    if not any("number" in text for text in trouble(card, user)):
        return card
    above = max(free_number(), *(other.number + 1 for other in cards))
    taken = cards.index(card)
    return msgspec.structs.replace(card, number=above + taken)


def _dry_run(cards: list[CardData], user: Any) -> dict[str, Any]:
    """Return what the page shows: each card with what is wrong, and all of them sealed."""
    rows = [{"card": card, "trouble": trouble(card, user)} for card in cards]
    content = [msgspec.to_builtins(card) for card in cards]
    return {
        "rows": rows,
        "ready": not any(row["trouble"] for row in rows),
        "sealed": signing.dumps([user.pk, content], salt=SALT, compress=True),
    }


def _confirm(admin: Any, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Save what was looked at, with slug, number and title as corrected, all or nothing."""
    try:
        maker, content = signing.loads(request.POST.get("sealed", ""), salt=SALT, max_age=HOURS)
    except signing.BadSignature:
        maker, content = None, []
    if maker != request.user.pk:
        messages.error(request, "What was looked at is not known any more. Bring it again.")
        return _page(admin, request, context)
    cards = [
        _corrected(msgspec.convert(one, CardData), request.POST, number)
        for number, one in enumerate(content)
    ]
    try:
        saved = save_drafts(cards, author=request.user)
    except CardMistakes as error:
        return _page(
            admin, request, {**context, "mistakes": error.mistakes, **_dry_run(cards, request.user)}
        )
    for card in saved:
        admin.log_addition(request, card, "Imported as a draft.")
    messages.success(request, f"Saved as draft: {', '.join(card.slug for card in saved)}.")
    if len(saved) == 1:
        return redirect(reverse("admin:questions_card_change", args=[saved[0].pk]))
    return redirect("admin:questions_card_changelist")


def _corrected(card: CardData, data: Any, number: int) -> CardData:
    """Return the card with what was corrected in its row; odd values stay as they were."""
    said: dict[str, Any] = {}
    slug = data.get(f"slug-{number}", "").strip()
    if SLUG.fullmatch(slug) and len(slug) <= 80:
        said["slug"] = slug
    if title := data.get(f"title-{number}", "").strip():
        said["title"] = title[:120].replace("\n", " ")
    digits = data.get(f"number-{number}", "").strip()
    if digits.isascii() and digits.isdecimal() and 1 <= int(digits[:6]) <= 99_999:
        said["number"] = int(digits[:6])
    return msgspec.structs.replace(card, **said)
