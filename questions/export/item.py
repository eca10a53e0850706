"""What of a card other systems can ask: an explanation in own words, and counts of emails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from questions.card_data import CardData, CaseData, VersionData
from questions.markdown import render, render_inline
from questions.trace import shown_file

Link = Callable[[CardData], str]
LONGEST_ID = 100  # characters of an idnumber in Moodle


class Item(NamedTuple):
    """One question of a card: HTML texts, and for a count the number of emails, measured."""

    id: str
    title: str
    question: str
    answer: str
    link: str
    topics: list[str]
    emails: int | None = None

    @property
    def id_number(self) -> str:
        """Return the id as Moodle can keep it: a long one is cut, with a word of its own."""
        if len(self.id) <= LONGEST_ID:
            return self.id
        word = sha256(self.id.encode()).hexdigest()[:8]
        return f"{self.id[: LONGEST_ID - 9]}-{word}"


def items(cards: Iterable[CardData], link: Link) -> Iterator[Item]:
    """Yield the questions of the cards: one to explain each, then one for each case to predict."""
    for card in cards:
        yield _explain(card, link(card))
        for case in card.cases:
            claim = case.claims.get("buggy")
            if case.predict and claim and not claim.error:
                yield _count(card, case, claim.emails, link(card))


def _explain(card: CardData, link: str) -> Item:
    fixed = _version(card, "fixed")
    parts: list[str] = [render(card.explanation), render(card.answer)]
    if fixed:
        parts.append(f"<h3>{escape(fixed.title)}</h3>{code(fixed)}")
    if card.lesson:
        parts.append(render(card.lesson))
    question = f"{render(card.scenario)}{_buggy(card)}{render(card.question)}{run_it(link)}"
    return Item(card.slug, card.title, question, "".join(parts), link, card.topics)


def _count(card: CardData, case: CaseData, emails: int, link: str) -> Item:
    asked = (
        f"<p>How many emails does this code send in the case “{render_inline(case.title)}”"
        f"{f' ({render_inline(case.about)})' if case.about else ''}?</p>"
    )
    action = f"<pre>{escape(_without_intent(case.action))}</pre>" if case.action else ""
    answer = f"<p>{emails}, measured.</p>{render(card.explanation)}"
    question = f"{_buggy(card)}{asked}{action}{run_it(link)}"
    title = f"{card.title}: {case.title}"
    return Item(f"{card.slug}-{case.name}", title, question, answer, link, card.topics, emails)


def code(version: VersionData) -> SafeString:
    """Return the files of a version as HTML: a name and the text of each."""
    shown = {p: t for p, t in version.files.items() if not p.startswith("case_") and t.strip()}
    return SafeString(
        "".join(
            f"<p><code>{escape(shown_file(p))}</code></p><pre>{escape(t)}</pre>"
            for p, t in shown.items()
        )
    )


def run_it(link: str) -> str:
    """Return the sentence that leads back to the live card."""
    return f'<p><a href="{escape(link)}">Run this bug</a>: {escape(link)}</p>'


def _buggy(card: CardData) -> str:
    version = _version(card, "buggy")
    return code(version) if version else ""


def _version(card: CardData, kind: str) -> VersionData | None:
    return next((version for version in card.versions if version.kind == kind), None)


def _without_intent(action: str) -> str:
    """Return a case without the lines that say how many emails are wanted."""
    lines = [line for line in action.split("\n") if not line.startswith("# intent")]
    return "\n".join(lines).strip()
