"""A card's rows as plain data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from questions.card_data import CardData, CaseData, ClaimData, VersionData

if TYPE_CHECKING:
    from questions.models import Card, Claim, Topic

TEXTS = (
    "number", "title", "difficulty", "status", "scenario", "question", "explanation", "answer",
    "lesson", "hints", "ideas", "references", "bug_lines", "unsolved", "newer", "setup", "project",
)  # fmt: skip
VERSION = ("kind", "title", "note", "files")
CASE = (
    "title", "about", "action", "wanted", "wanted_to", "wanted_subjects", "wanted_result",
    "predict",
)  # fmt: skip
CLAIM = ("emails", "recipients", "to", "subjects", "error", "result")  # and "since", which nests


def read(card: Card) -> CardData:
    """Return the rows of a card as plain data; prefetched relations are used."""
    versions = list(card.versions.all())
    names = {version.pk: version.name for version in versions}
    claims: dict[int, dict[str, ClaimData]] = {}
    for version in versions:
        for claim in version.claims.all():
            claims.setdefault(claim.case_id, {})[names[version.pk]] = read_claim(claim)
    return CardData(
        slug=card.slug,
        topics=[topic.name for topic in topics_in_order(card)],
        versions=[VersionData(name=v.name, **values(v, VERSION)) for v in versions],
        cases=[
            CaseData(name=case.name, claims=claims.get(case.pk, {}), **values(case, CASE))
            for case in card.cases.all()
        ],
        **values(card, TEXTS),
    )


def topics_in_order(card: Card) -> list[Topic]:
    """Return the topics of a card in the order the author gave: the first is the main one."""
    return [link.topic for link in card.topic_links.all()]


def read_claim(claim: Claim) -> ClaimData:
    """Return a row as the claim it is."""
    since = msgspec.convert(claim.since, dict[str, ClaimData])
    return ClaimData(**values(claim, CLAIM), since=since)


def claim_values(claim: ClaimData) -> dict[str, Any]:
    """Return the columns that hold a claim."""
    return {**values(claim, CLAIM), "since": msgspec.to_builtins(claim.since)}


def values(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    """Return the named attributes of a row or a struct."""
    return {field: getattr(row, field) for field in fields}
