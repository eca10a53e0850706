"""Bringing cards in: a dry run first, then confirm; what comes in is a draft."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from django import forms
from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from questions.admin.revisions import changes
from questions.card_any import MOST_BYTES, read_any
from questions.card_data import CardData
from questions.card_import import Plan, plan, save_drafts, with_numbers
from questions.card_keys import SLUG
from questions.card_yaml import CardMistakes
from questions.models import Card, Topic

EXAMPLES = Path(__file__).parent.parent / "examples"
TEMPLATE = "admin/questions/card/import.html"
SALT = "questions.admin.imports"
SECONDS = 12 * 3600  # between looking and confirming
SEALED_BYTES = 2_000_000  # what is sealed is posted back: Django takes 2.5 MB
MOST_LINKED = 10
MOST_IN_BOX = 1_000_000  # bytes; what is posted back has three for some characters
WORDS = {
    "added": "new draft",
    "changed": "changes the draft that is there",
    "unchanged": "is there already, unchanged",
    "refused": "cannot be imported",
}


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
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(f"{file.size} bytes; at most {MOST_BYTES}.")
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
            return PurePosixPath(file.name).name, file.read(MOST_BYTES + 1)
        return "pasted text", self.cleaned_data["text"].encode(errors="surrogatepass")


def bring(admin: Any, request: HttpRequest) -> HttpResponse:
    """Show the form; POST reads what was brought and shows what would be saved; then save it."""
    if not request.user.has_perm("questions.add_card"):
        raise PermissionDenied
    context: dict[str, Any] = {"form": BringForm()}
    if request.method == "POST" and "confirmed" in request.POST:
        return _confirm(admin, request, context)
    if request.method == "POST":
        context |= _look(request)
    return _page(admin, request, context)


def _page(admin: Any, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    shared = {**admin.admin_site.each_context(request), "title": "Import cards"}
    context = {**shared, "examples": examples(), **context}
    return render(request, TEMPLATE, context)


@cache
def examples() -> list[tuple[str, str, str]]:
    """Return (name, words, text) of a whole file of each kind, ready to be brought."""
    kinds = {
        "question.txt": "Questions as plain text",
        "card.yaml": "A whole card as YAML",
        "questions.csv": "Simple questions as CSV",
    }
    return [(name, words, (EXAMPLES / name).read_text()) for name, words in kinds.items()]


def _look(request: HttpRequest) -> dict[str, Any]:
    """Read what was brought; nothing is saved."""
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        return {"form": form}
    name, raw = form.raw()
    try:
        cards = read_any(name, raw, set(Topic.objects.values_list("name", flat=True)))
    except CardMistakes as error:
        text = _text(raw) if form.cleaned_data["file"] else form.cleaned_data["text"]
        if form.cleaned_data["file"] and text:  # to be corrected in the box
            form = BringForm(initial={"text": text})
        return {"form": form, "mistakes": error.mistakes, "pasted": bool(text), "put": name}
    context = _dry_run(with_numbers(cards), request.user)
    if len(context["sealed"]) > SEALED_BYTES:
        form.add_error(None, "That is too much for one import; bring it in parts.")
        return {"form": form}
    asked = {card.slug: card.number for card in cards}
    for row in context["rows"]:
        row["asked"] = asked[row["card"].slug]
    return {"form": form, **context}


def _text(raw: bytes) -> str:
    """Return what was brought as text for the box; nothing where it is none, or is too much."""
    if raw.startswith(b"PK") or len(raw) > MOST_IN_BOX or b"\0" in raw:
        return ""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""


def _dry_run(cards: list[CardData], user: Any) -> dict[str, Any]:
    """Return what the page shows: what would happen to each card, and all of them sealed."""
    plans = plan(cards, user)
    ready = _ready(plans)
    seal = [user.pk, [msgspec.to_builtins(card) for card in cards], _there(plans), ready]
    return {
        "rows": [_row(each) for each in plans],
        "ready": ready,
        "count": sum(each.state in ("added", "changed") for each in plans),
        "sealed": signing.dumps(seal, salt=SALT, compress=True),
    }


def _row(found: Plan) -> dict[str, Any]:
    changed = found.before and found.state in ("changed", "refused")
    files = list(changes(found.before, found.card)) if changed and found.before else []
    lacks = "" if found.state == "unchanged" else _lacks(found.card)
    return {**found._asdict(), "words": WORDS[found.state], "files": files, "lacks": lacks}


def _lacks(card: CardData) -> str:
    """Return what a card still needs before it can run, where that is a whole part of it."""
    kinds = {version.kind for version in card.versions}
    if not kinds:
        return "It has no code yet: words alone, nothing to run. Write its versions and cases next."
    if "fixed" not in kinds:
        return "It has no fixed version yet. Write it next: a card without one is not published."
    return ""


def _there(plans: list[Plan]) -> dict[str, str]:
    """Return the digests of the cards that are there already, by slug."""
    return {each.card.slug: each.before.digest for each in plans if each.before}


def _confirm(admin: Any, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """Save what was looked at, with slug, number and title as corrected, all or nothing.

    What could not be saved when it was looked at is looked at once more, with its corrections.
    """
    try:
        sealed = request.POST.get("sealed", "")
        maker, content, there, ready = signing.loads(sealed, salt=SALT, max_age=SECONDS)
    except (signing.BadSignature, ValueError):  # ValueError: sealed by an earlier release
        maker, content, there, ready = None, [], {}, False
    if maker != request.user.pk:
        messages.error(request, "What was looked at is not known any more. Bring it again.")
        return _page(admin, request, context)
    cards = [
        _corrected(msgspec.convert(one, CardData), request.POST, number)
        for number, one in enumerate(content)
    ]
    if not ready:
        cards = _numbered_anew(content, cards)
        return _page(admin, request, {**context, **_dry_run(cards, request.user)})
    with transaction.atomic():
        plans = plan(cards, request.user)
        seen = all(there.get(slug) == digest for slug, digest in _there(plans).items())
        saved = save_drafts(cards, author=request.user) if seen and _ready(plans) else None
    if saved is None:
        if not seen:
            messages.warning(request, "What is there is not what you looked at. Look again.")
        cards = _numbered_anew(content, cards)
        return _page(admin, request, {**context, **_dry_run(cards, request.user)})
    return _saved(admin, request, plans, saved)


def _numbered_anew(content: list[Any], cards: list[CardData]) -> list[CardData]:
    """Give a number that is free to each card with another slug now, unless one was typed."""
    # A number that was typed and is taken is told: it is not changed behind anybody's back.
    return [
        new if card.slug != was["slug"] and card.number == was["number"] else card
        for was, card, new in zip(content, cards, with_numbers(cards), strict=True)
    ]


def _ready(plans: list[Plan]) -> bool:
    return not any(each.trouble for each in plans)


def _saved(admin: Any, request: HttpRequest, plans: list[Plan], saved: list[Card]) -> HttpResponse:
    """Log each card, say what happened, lead to the draft or the list."""
    states = {each.card.slug: each.state for each in plans}
    for card in saved:
        if states[card.slug] == "added":
            admin.log_addition(request, card, "Imported as a draft.")
            continue
        admin.log_change(request, card, "Changed by an import.")
    head = "Imported as drafts." if saved else "Nothing was new."
    messages.success(request, format_html("{} {}", head, _told(states)))
    if len(saved) == 1:
        return redirect(reverse("admin:questions_card_change", args=[saved[0].pk]))
    return redirect("admin:questions_card_changelist")


def _told(states: Mapping[str, str]) -> SafeString:
    """Return which cards were added, changed and unchanged, the first of each as links."""
    rows = {card.slug: card for card in Card.objects.filter(slug__in=states)}
    by_state = (
        (word.capitalize(), [rows[slug] for slug, state in states.items() if state == word])
        for word in ("added", "changed", "unchanged")
    )
    parts = ((word, _links(cards)) for word, cards in by_state if cards)
    return format_html_join(" ", "{}: {}.", parts)


def _links(cards: list[Card]) -> SafeString:
    each = (
        (reverse("admin:questions_card_change", args=[card.pk]), card.title)
        for card in cards[:MOST_LINKED]
    )
    links = format_html_join(", ", '<a href="{}">{}</a>', each)
    more = len(cards) - MOST_LINKED
    return format_html("{} and {} more", links, more) if more > 0 else links


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
