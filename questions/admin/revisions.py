"""What a card was: every content it had, what changed, and the way back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from typing import Any

import msgspec
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from questions.admin import proof, who
from questions.card_data import CardData
from questions.card_load import write
from questions.card_write import card_files
from questions.models import Card, CardFlag, Revision

T = "admin/questions/card/"
LISTS = {"versions": "version", "cases": "case"}
MOST_PARTS = 4


def history(admin: Any, request: HttpRequest, pk: str) -> HttpResponse:
    """List what happened to a card, the newest first: who, when, which state, which content."""
    cards = who.visible(Card.objects.all(), request.user)
    card = get_object_or_404(cards, pk=pk if pk.isdecimal() else None)
    if not admin.has_view_permission(request, card):
        raise PermissionDenied
    may_edit = who.may_edit(request.user, card)
    contents = {revision.digest: revision for revision in card.revisions.all()}
    context = {
        "title": f"History: {card}",
        "card": card,
        "original": card,
        "opts": Card._meta,
        "entries": list(
            _told(
                [
                    (entry, contents.get(entry.digest))
                    for entry in _entries(card)
                    if may_edit or entry.status == Card.Status.PUBLISHED
                ]
            )
        ),
    }
    return render(
        request, f"{T}history.html", {**admin.admin_site.each_context(request), **context}
    )


def _told(
    entries: list[tuple[Any, Revision | None]],
) -> Iterator[tuple[Any, Revision | None, str]]:
    """Yield the entries, each with what changed since the one shown before it, in words."""
    known = [_data(revision) for _, revision in entries]
    for at, (entry, revision) in enumerate(entries):
        now = known[at]
        before = next((data for data in known[at + 1 :] if data), None)
        yield entry, revision, ", ".join(parts(before, now)) if before and now else ""


def _data(revision: Revision | None) -> CardData | None:
    """Return the content of a revision; None where an earlier release wrote it otherwise."""
    try:
        return revision.data() if revision else None
    except msgspec.ValidationError:
        return None


def parts(old: CardData, new: CardData) -> list[str]:
    """Return what differs in a word or two each: title, version fixed, case a, claims of b."""
    own = [name for name in CardData.__struct_fields__ if name not in ("status", *LISTS)]
    found = [name.replace("_", " ") for name in own if getattr(old, name) != getattr(new, name)]
    for name, word in LISTS.items():
        before: dict[str, Any] = {part.name: part for part in getattr(old, name)}
        after: dict[str, Any] = {part.name: part for part in getattr(new, name)}
        for part in {**before, **after}:
            if part not in after:
                found.append(f"{word} {part} taken out")
            elif part not in before:
                found.append(f"{word} {part} added")
            elif before[part] != after[part]:
                alike = word == "case" and before[part] == msgspec.structs.replace(
                    after[part], claims=before[part].claims
                )
                found.append(f"claims of {part}" if alike else f"{word} {part}")
        if before == after and list(before) != list(after):
            found.append(f"order of the {name}")
    return [*found[:MOST_PARTS], *([f"{len(found) - MOST_PARTS} more"] * (len(found) > MOST_PARTS))]


def _entries(card: Card) -> Iterator[Any]:
    """Yield the records in which the content or the state changed, the newest first."""
    records = list(card.history.select_related("history_user"))
    for record, older in zip(records, [*records[1:], None], strict=True):
        if not older or (record.digest, record.status) != (older.digest, older.status):
            yield record


def _was_published(card: Card, digest: str) -> bool:
    """Whether this content was ever public: it is now, or the history says so."""
    if card.status == Card.Status.PUBLISHED and card.digest == digest:
        return True
    return card.history.filter(status=Card.Status.PUBLISHED, digest=digest).exists()


def revision(admin: Any, request: HttpRequest, pk: int, revision: int) -> HttpResponse:
    """Show what changed from a revision to now; POST makes the card what it was."""
    card = get_object_or_404(who.visible(Card.objects.with_content(), request.user), pk=pk)
    old = get_object_or_404(Revision, card=card, pk=revision)
    if not admin.has_view_permission(request, card):
        raise PermissionDenied
    if not who.may_edit(request.user, card) and not _was_published(card, old.digest):
        raise Http404
    if request.method == "POST":
        return _revert(admin, request, card, old)
    return _show(admin, request, card, old)


def _show(
    admin: Any, request: HttpRequest, card: Card, old: Revision, refused: Sequence[str] = ()
) -> HttpResponse:
    """Show what changed from a revision to now, and why going back was refused."""
    context = {
        "title": f"{card}: what changed since {_moment(old)}",
        "card": card,
        "revision": old,
        "files": list(changes(old.data(), card.data())),
        "may_edit": who.may_edit(request.user, card),
        "refused": refused,
    }
    return render(
        request, f"{T}revision.html", {**admin.admin_site.each_context(request), **context}
    )


def _moment(old: Revision) -> str:
    return date_format(timezone.localtime(old.made_at), "j M Y, H:i T")


def check(admin: Any, request: HttpRequest, pk: int, revision: int) -> HttpResponseBase:
    """Verify what a published card was, as a stream; the last line has a proof, or why."""
    card = get_object_or_404(who.visible(Card.objects.with_content(), request.user), pk=pk)
    old = get_object_or_404(Revision, card=card, pk=revision)
    if not who.may_edit(request.user, card):
        raise PermissionDenied
    return proof.streamed(proof.checking(request, card, _back(card, old), "revert"))


def _back(card: Card, old: Revision) -> CardData:
    """Return what the card will be: still published, or a draft that can be verified anew."""
    taken = Card.objects.filter(number=old.data().number).exclude(pk=card.pk).first()
    number = card.number if taken else old.data().number
    published = card.status == Card.Status.PUBLISHED
    status = card.status if published else Card.Status.DRAFT
    return msgspec.structs.replace(old.data(), slug=card.slug, number=number, status=status)


def _revert(admin: Any, request: HttpRequest, card: Card, old: Revision) -> HttpResponse:
    if not who.may_edit(request.user, card):
        raise PermissionDenied
    published = card.status == Card.Status.PUBLISHED
    data = _back(card, old)
    proved = not published or proof.holds(request.POST.get("proof", ""), data)
    if not proved and (refused := proof.refused(data)):
        return _show(admin, request, card, old, refused)
    with transaction.atomic():
        now = Card.objects.select_for_update().get(pk=card.pk)
        if (now.digest, now.status) != (card.digest, card.status):
            return _show(admin, request, now, old, ["Somebody has changed the card. Look again."])
        write(data)
        if published:
            CardFlag.objects.filter(card=card).delete()  # it was just found true
    card.refresh_from_db()  # its title may be another one now
    when = _moment(old)
    admin.log_change(request, card, f"Reverted to the revision of {when}.")
    state = "still published" if published else "as a draft: verify and publish it"
    messages.success(request, f"“{card}” is what it was on {when}, {state}.")
    return redirect(reverse("admin:questions_card_change", args=[card.pk]))


def changes(old: CardData, new: CardData) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield each file that differs with its diff: (sign, text) a line, sign + - @ or blank.

    Their states are not compared: a state is no part of the content.
    """
    old = msgspec.structs.replace(old, status=new.status)
    before, after = card_files(old), card_files(new)
    for path in sorted(before.keys() | after.keys()):
        a, b = before.get(path, "").splitlines(), after.get(path, "").splitlines()
        lines = [(line[0], line[1:]) for line in unified_diff(a, b, lineterm="", n=2)][2:]
        if lines:
            yield path, lines
