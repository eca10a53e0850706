"""A card as it was at a revision: whoever began on it reads and runs that one to the end."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from questions import visits
from questions.card_data import CardData, CaseData
from questions.card_rows import CASE, TEXTS, VERSION, claim_values, values
from questions.models import Card, Case, Claim, Version


def for_learner(request: HttpRequest, card: Card) -> Card:
    """Return the card as this learner began it; as it is now where nothing was begun.

    Those who may edit it always see it as it is now. `card.past` is true for an older one.
    """
    user = request.user
    author = user.is_authenticated and card.author_id == user.pk
    begun = visits.store().begun(request, card)
    if not begun or begun == digest_of(card) or author or user.has_perm("questions.edit_all_cards"):
        return card
    revision = card.revisions.filter(digest=begun).first()
    if revision is None:
        # Its content was not kept: the visit goes on with what there is.
        card.digest = begun
        return card
    return as_it_was(card, revision.data())


def at(card: Card, digest: str) -> Card:
    """Return the card at this revision; as it is now without one, or one that was not kept."""
    if not digest or digest == digest_of(card):
        return card
    revision = card.revisions.filter(digest=digest).first()
    return as_it_was(card, revision.data()) if revision else card


def is_begun(request: HttpRequest, card: Card) -> bool:
    """Return whether this learner began on a content of the card that was kept."""
    begun = visits.store().begun(request, card)
    return bool(begun) and card.revisions.filter(digest=begun).exists()


def digest_of(card: Card) -> str:
    """Return the digest of the card's content."""
    return card.digest or card.data().digest


def as_it_was(card: Card, data: CardData) -> Card:
    """Return a copy of the card with this content, to be read and run and never saved."""
    past = copy.copy(card)
    for name, value in values(data, TEXTS).items():
        if name != "status":  # whether learners see it is a question of today
            setattr(past, name, value)
    past.digest, past.past = data.digest, True
    cases = {one.name: _case(past, n, one) for n, one in enumerate(data.cases)}
    versions = []
    for n, one in enumerate(data.versions):
        version = Version(pk=-n - 1, card=past, name=one.name, order=n, **values(one, VERSION))
        claims = [
            Claim(version=version, case=cases[case.name], **claim_values(case.claims[one.name]))
            for case in data.cases
            if one.name in case.claims
        ]
        _remember(version, "claims", claims)
        versions.append(version)
    past.__dict__["_prefetched_objects_cache"] = dict(
        getattr(card, "_prefetched_objects_cache", {})
    )
    _remember(past, "versions", versions)
    _remember(past, "cases", list(cases.values()))
    return past


def _case(card: Card, number: int, data: CaseData) -> Case:
    return Case(pk=-number - 1, card=card, name=data.name, order=number, **values(data, CASE))


def _remember(row: Any, name: str, rows: Sequence[Any]) -> None:
    """Let `row.name.all()` give these rows, as after a prefetch."""
    found = getattr(row, name).get_queryset()
    found._result_cache, found._prefetch_done = list(rows), True
    row.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found
