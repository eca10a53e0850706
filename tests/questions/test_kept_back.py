"""Before a learner answers, no page has a byte of any answer: every card that ships, every page."""

import html
import re

import pytest
from django.core.management import call_command

from questions.models import Card, Topic

pytestmark = pytest.mark.slow
LONG = 25  # A shorter line stands in many programs and gives nothing away.


@pytest.fixture
def cards(db):
    call_command("load_cards", verbosity=0)
    return list(Card.objects.with_content())


def lines(text: str) -> set[str]:
    return {line.strip() for line in text.splitlines() if len(line.strip()) >= LONG}


def public(card: Card) -> str:
    """Return all that anybody may read of a card at any time."""
    texts = [card.title, card.setup, card.scenario, card.question]
    texts += [text for v in card.versions.all() if v.name == "buggy" for text in v.files.values()]
    return "\n".join([*texts, *(case.action for case in card.cases.all())])


def secrets(card: Card) -> set[str]:
    """Return the lines of a card that only its later stages may show."""
    told = [card.explanation, card.answer, card.lesson, *card.ideas, *card.hints]
    told += [text for v in card.versions.all() if v.name != "buggy" for text in v.files.values()]
    open_now = public(card)
    return {line for text in told for line in lines(text) if line not in open_now}


def text_of(response) -> str:
    """Return a page as a reader sees it: no tags, so colours cannot hide a line."""
    return html.unescape(re.sub(r"<[^>]*>", "", response.content.decode()))


def test_it_works(client, cards):
    assert len(cards) >= 40
    for card in cards:
        page = text_of(client.get(card.get_absolute_url()))
        told = {line for line in secrets(card) if line in page}
        assert not told, (card.slug, told)


def test_no_other_address_of_a_card_tells_more(client, cards):
    example = text_of(client.get("/playground/"))
    for card in cards:
        there = card.get_absolute_url()
        hard = f"{there}?at=why&version=hardened&case={card.cases.first().name}&all=1"
        for address in (f"{there}?at=explain", hard, f"{hard}&part=beside", f"{there}fix/",
                        f"{there}ledger/", f"/playground/?card={card.slug}"):  # fmt: skip
            page = text_of(client.get(address, follow=True))
            assert not {line for line in secrets(card) if line in page and line not in example}, (
                address
            )


def test_after_predicting_the_explanation_and_the_other_code_are_still_kept(client, cards):
    example = text_of(client.get("/playground/"))
    for card in cards:
        there = card.get_absolute_url()
        said = {f"n-{case.name}": "0" for case in card.cases.all()}
        client.post(f"{there}predict/", {**said, "later": "1"})
        for address in (there, f"{there}fix/", f"/playground/?card={card.slug}"):
            page = text_of(client.get(address))
            assert not {line for line in secrets(card) if line in page and line not in example}, (
                address
            )


def test_lists_and_searches_tell_nothing(client, cards):
    everywhere = "\n".join(public(card) for card in cards)
    kept = {line for card in cards for line in secrets(card) if line not in everywhere}
    pages = ["/", "/cards/", *(topic.get_absolute_url() for topic in Topic.objects.all())]
    pages += [f"/cards/?q={word}" for word in ("created", "commit", "if not", "because", "signal")]
    for address in pages:
        page = text_of(client.get(address))
        assert not {line for line in kept if line in page}, address


def test_a_secret_would_be_found(client, cards):
    card = cards[0]
    client.post(f"{card.get_absolute_url()}show/")
    page = text_of(client.get(card.get_absolute_url()))
    assert any(line in page for line in secrets(card))
