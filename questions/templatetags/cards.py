"""Small pieces that many pages draw: text, links of the head, envelopes, icons."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from questions import markdown as md
from questions.card_rows import topics_in_order
from questions.own_runs import is_left_out
from questions.trace import shown_file
from questions.visits import RATINGS

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """Render an author's Markdown; the renderer cleans it."""
    return mark_safe(md.render(text))  # noqa: S308


@register.simple_tag(takes_context=True)
def nav(context: Context, name: str, word: str, *below: str) -> SafeString:
    """Return a link of the main navigation, or nothing where the site has no such page.

    It is the current one on its page, on those under its address, and on the views named.
    """
    try:
        url = reverse(name)
    except NoReverseMatch:
        return SafeString("")
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    here = request is not None and request.path.startswith(url)
    here = here or (match is not None and match.view_name in below)
    current = SafeString(' aria-current="page"' if here else "")
    return format_html('<li><a href="{}"{}>{}</a></li>', url, current, word)


@register.simple_tag
def maybe_url(name: str, *args: Any) -> str:
    """Return the address of a page, empty where the site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


@register.inclusion_tag("questions/_level.html")
def level(card: Any) -> dict[str, Any]:
    """Draw a card's difficulty: bars and a word."""
    bars = [(x, y, n <= card.difficulty) for n, x, y in ((1, 1, 9), (2, 10, 5), (3, 19, 1))]
    return {"bars": bars, "word": card.get_difficulty_display()}


@register.inclusion_tag("questions/_post.html")
def post(marks: Any) -> dict[str, Any]:
    """Draw envelopes: "" as wanted, "extra" too many, "gone" missing, "none" for no email."""
    return {"marks": marks}


@register.filter
def envelopes(count: int) -> list[str]:
    """Return the marks of this many envelopes; one dashed outline stands for none."""
    return [""] * count or ["gone0"]


@register.filter
def of(mapping: Any, key: Any) -> Any:
    """Return mapping[key], or None."""
    return mapping.get(key)


@register.filter
def topics(card: Any) -> Any:
    """Return a card's topics, the main one first."""
    return topics_in_order(card)


@register.filter
def also(card: Any, topic: Any) -> list[str]:
    """Return the names of a card's topics other than this one."""
    return [other.name for other in topics_in_order(card) if other != topic]


NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


@register.filter
def traps(count: int) -> str:
    """Return "Four kinds of trap"."""
    number = NUMBERS[count] if count < len(NUMBERS) else str(count)
    return f"{number} kind{'s' * (count != 1)} of trap"


@register.filter
def words(text: str) -> list[str]:
    """Return the words of a text, to loop over."""
    return text.split()


@register.filter
def lower_first(text: str) -> str:
    """Lower the first letter of a title for the middle of a sentence; leave names alone."""
    second = text[1:2]
    return text[:1].lower() + text[1:] if second.islower() or second == " " else text


ITEM = r" {0,3}(?:[-*+]|\d{1,2}[.)]) +"  # what a list's entry begins with


def _joined(found: re.Match[str]) -> str:
    """Return what stands between two entries of a list that goes on in a line."""
    return f"{found[1]}{found[2]}{' ' if found[1] in '.:;,!?…' else '; '}"


@register.filter
def excerpt(text: str, most: int = 150) -> str:
    """Return the beginning of a story as plain text: no code blocks, no marks, whole words."""
    prose = re.sub(r"(?ms)^```.*?^```|^( {4}.*\n?)+", "", re.sub(r"(?m)^ {0,3}> ?", "", text))
    prose = re.sub(rf"([^\s*`])([*`]*)[ \t]*\n+{ITEM}", _joined, prose)
    prose = re.sub(rf"(?m)^{ITEM}", "", prose)
    flat = " ".join(plain(re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", prose)).split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0].rstrip(",;:.") + " …"


@register.filter
def plain(text: str) -> str:
    """Return Markdown of one paragraph without its marks, for headings."""
    return text.replace("`", "").replace("*", "").strip()


@register.filter
def neutral(version: Any) -> str:
    """Return what a version is, without saying what it does."""
    words = {"buggy": "the card’s code", "fixed": "the card’s answer"}
    return words.get(version.kind, "holds where the answer does not")


@register.filter
def file_shown(path: str) -> str:
    """Return the name of a file as learners know it."""
    return shown_file(path)


@register.filter
def placed(message: str) -> str:
    """Return an error's message with the learner's names of files, not those in the sandbox."""
    return re.sub(r"/job/(run/)?(?=\w)", "", message).replace("snippet.py", "models.py")


@register.filter
def sent_words(cell: Any) -> str:
    """Return the heading over the envelopes: "Two emails were sent, one was wanted"."""
    sent, wanted = cell.number, cell.wanted
    did = f"{count(sent)} email{'s were' if sent > 1 else ' was'} sent"
    if sent == wanted:
        return f"{did}, as wanted" if cell.ok else f"{did}, {cell.words}"
    want = f"{count(wanted).lower()} {'was' if wanted == 1 else 'were'}" if wanted else "none was"
    return f"{did}, {want} wanted"


@register.filter(name="count")
def count(number: int) -> str:
    """Return a small number as a word."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


@register.filter
def ended(cell: Any) -> str:
    """Return how a run ended that did not end well."""
    report = cell.report
    if report.outcome == "error" and report.error and report.error.phase != "case":
        return "It does not even start"
    return {
        "error": "An error reached the case",
        "time_limit": f"It ran for {report.wall_ms / 1000:.0f} seconds and was stopped",
        "memory_limit": "It used more memory than allowed and was stopped",
        "output_limit": "It printed more than allowed and was stopped",
        "crashed": "Its process ended before it was done",
        "refused": "This case was not run"
        if is_left_out(report)
        else "This program is not run on this machine",
    }.get(report.outcome, "It ended early")


@register.filter
def any_again(trace: Any) -> bool:
    """Return whether something on the way was not wanted."""
    return any(step.again or step.extra for step in trace.steps)


@register.filter
def inline(text: str) -> SafeString:
    """Render one line of Markdown without a paragraph around it."""
    html = md.render(text).strip()
    return SafeString(html.removeprefix("<p>").removesuffix("</p>"))


@register.filter
def names(sheet: Any) -> str:
    """Return "Buggy, fixed and hardened"."""
    found = [version.name for version in sheet.versions]
    text = f"{', '.join(found[:-1])} and {found[-1]}" if len(found) > 1 else found[0]
    return text.capitalize()


@register.filter
def went(cure: Any) -> str:
    """Return what a case sent with the card's code and with its answer: "2 → 1"."""
    if cure.before.number == cure.after.number and not cure.before.ok:
        return f"{cure.before.words} → as wanted"
    return f"{cure.before.number} → {cure.after.number}"


@register.filter
def rating_word(rating: int) -> str:
    """Return the word of a rating."""
    return RATINGS[rating].lower()


@register.filter
def rows(text: str) -> int:
    """Return how many rows a text needs in a textarea, between 8 and 30."""
    return min(30, max(8, text.count("\n") + 2))


@register.filter
def near(marks: Any, around: int = 2) -> list[Any]:
    """Return the changed lines of a diff and a few around each; None stands for a gap."""
    changed = [i for i, mark in enumerate(marks) if mark.kind in ("add", "del", "moved")]
    kept = sorted({j for i in changed for j in range(i - around, i + around + 1)})
    found: list[Any] = []
    for before, j in zip([-1, *kept], kept, strict=False):
        if 0 <= j < len(marks):
            found += [None] * (j > before + 1 and j > 0) + [marks[j]]
    return found


@register.filter
def ticked(text: str) -> SafeString:
    """Return a sentence with what stands in backticks as code; all of it is escaped."""
    pieces = (
        f"<code>{escape(piece)}</code>" if i % 2 else str(escape(piece))
        for i, piece in enumerate(text.split("`"))
    )
    return mark_safe("".join(pieces))  # noqa: S308
