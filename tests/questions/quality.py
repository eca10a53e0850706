"""What a good bank keeps to: each check gives, in words, what is wrong with the cards."""

import itertools
import re
from collections import Counter
from urllib.parse import urlsplit

from questions.diff import changes
from questions.measured import claims_to_meet

STORY_WORDS = 80
CODE_WIDTH = 88
CARDS, PER_TOPIC, WITH_DECOYS = 48, 12, 30
TOPICS = (
    "Signal Handling",
    "Data Integrity",
    "Avoiding Circular Imports",
    "Best Practices in Signal Usage",
)
SEED = "profile-update"  # its texts were given to us and stand word for word
GIVEN_AWAY = 6  # so many words in a row of the answer, in the question, are no accident
ANY = re.compile("")
DOCS = {
    "docs.djangoproject.com": re.compile(r"/en/[56]\.[0-9]/."),
    "docs.python.org": re.compile(r"/3(\.[0-9]+)?/."),
}


def short_stories(cards):
    for card in cards:
        if (words := len(card.scenario.split())) > STORY_WORDS:
            yield f"{card.slug}: the story has {words} words"


def good_references(cards):
    for card in cards:
        urls = [reference["url"] for reference in card.references]
        if not urls or len(urls) != len(set(urls)):
            yield f"{card.slug}: {len(urls)} references, {len(set(urls))} different"
        for url in urls:
            parts = urlsplit(url)
            if parts.scheme != "https" or "." not in parts.netloc or not parts.path.strip("/"):
                yield f"{card.slug}: {url} is no https address of a page"
            elif not DOCS.get(parts.netloc, ANY).match(parts.path):
                yield f"{card.slug}: {url} names no version of the documentation"


def bug_of(card):
    """Return the text of the lines that are the bug."""
    files = card.versions[0].files
    return tuple(
        files[path].splitlines()[number - 1].strip()
        for path, numbers in sorted(card.bug_lines.items())
        for number in numbers
    )


# Its lines are all kept, and still two of them are the bug: they bring in a second config.
NAMED_WRONGLY = {"two-appconfigs"}


def lacks_a_line(card):
    """Return whether every cure keeps every line of the card's code and only adds some."""
    buggy = card.versions[0].files
    cures = [version.files for version in card.versions if version.kind in ("fixed", "hardened")]
    kept = (changes(buggy[p], cure.get(p, "")) for cure in cures for p in buggy if buggy[p].strip())
    return all(each.kind == "same" for part in kept for each in part if each.base is not None)


def bugs_of_their_own(cards):
    for card in cards:
        if not any(bug_of(card)) and not lacks_a_line(card):
            yield f"{card.slug}: no line is marked as the bug"
        if any(bug_of(card)) and lacks_a_line(card) and card.slug not in NAMED_WRONGLY:
            yield f"{card.slug}: its lines are right, one is missing: none can be marked"
    for one, other in itertools.combinations(cards, 2):
        if any(bug_of(one)) and bug_of(one) == bug_of(other):
            yield f"{one.slug} and {other.slug} have the same bug lines"


def nothing_given_away(cards):
    """Neither words of the answer nor lines that only the fix has may stand in the question."""
    for card in cards:
        if card.slug == SEED:
            continue
        asked = f"{card.scenario}\n{card.question}"
        told = [card.answer, *card.ideas]
        for run in set(_runs(asked)) & {run for text in told for run in _runs(text)}:
            yield f"{card.slug}: the question says “{' '.join(run)}”, as the answer does"
        for line in _only_in_the_fix(card):
            if line in asked:
                yield f"{card.slug}: the question shows the fix: {line}"


def _runs(text):
    words = re.findall(r"[\w'.()]+", text.lower())
    return zip(*(words[n:] for n in range(GIVEN_AWAY)), strict=False)


def _only_in_the_fix(card):
    buggy, fixed = (
        {line.strip() for text in version.files.values() for line in text.splitlines()}
        for version in card.versions[:2]
    )
    return {line for line in fixed - buggy if len(line) > 12}


def no_two_begin_alike(cards):
    """Three words at the start of a text are its tone; a bank of one tone is soon skimmed."""
    for text in ("title", "scenario", "question", "explanation"):
        begun = {}
        for card in cards:
            opening = tuple(re.findall(r"[\w']+", getattr(card, text).lower())[:3])
            other = begun.setdefault(opening, card.slug)
            if other != card.slug:
                yield f"{card.slug}: the {text} begins “{' '.join(opening)}”, as in {other}"


def no_name_turned_bold(cards):
    """Outside of backticks Markdown takes the underscores of __init__ away."""
    for card in cards:
        texts = [card.scenario, card.question, card.explanation, card.answer, card.lesson]
        texts += [*card.ideas, *card.hints, *(version.note for version in card.versions)]
        for text in texts:
            bare = re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
            for name in re.findall(r"__\w+__", bare):
                yield f"{card.slug}: {name} stands without backticks"


def narrow_code(cards):
    for card in cards:
        files = {f"{v.name}/{path}": text for v in card.versions for path, text in v.files.items()}
        files |= {f"case_{case.name}.py": case.action for case in card.cases}
        files["setup.py"] = card.setup
        for path, text in files.items():
            for number, line in enumerate(text.splitlines(), 1):
                if len(line) > CODE_WIDTH:
                    yield f"{card.slug}/{path}:{number}: {len(line)} characters"


def enough_cards(cards):
    if len(cards) != CARDS or sorted(card.number for card in cards) != [*range(1, CARDS + 1)]:
        yield f"{len(cards)} cards; expected numbers 1 to {CARDS}"
    counts = Counter(topic for card in cards for topic in card.topics)
    yield from (f"{topic}: {counts[topic]}" for topic in TOPICS if counts[topic] < PER_TOPIC)
    levels = Counter(card.difficulty for card in cards)
    yield from (f"difficulty {level}: no card" for level in (1, 2, 3) if not levels[level])
    decoys = sum(any(version.kind == "decoy" for version in card.versions) for card in cards)
    if decoys < WITH_DECOYS:
        yield f"{decoys} cards have decoys"


def complete_cards(cards):
    for card in cards:
        if not 2 <= len(card.ideas) <= 5:
            yield f"{card.slug}: {len(card.ideas)} ideas"
        if not 1 <= len(card.hints) <= 3:
            yield f"{card.slug}: {len(card.hints)} hints"
        if not card.answer:
            yield f"{card.slug}: no answer in words"
        for version in card.versions:
            if version.kind == "decoy" and not version.note:
                yield f"{card.slug}: nothing is said of the decoy {version.name}"


def telling_cases(cards):
    """One case must tell buggy from fixed, and one must not: counting alone is no answer."""
    for card in cards:
        pairs = [(case.claims["buggy"], case.claims["fixed"]) for case in card.cases]
        if len(pairs) < 2:
            yield f"{card.slug}: {len(pairs)} cases"
        if all(_same(buggy, fixed) for buggy, fixed in pairs):
            yield f"{card.slug}: buggy and fixed agree in every case"
        if not any(_same(buggy, fixed) for buggy, fixed in pairs):
            yield f"{card.slug}: buggy and fixed agree in no case"


def telling_predictions(cards):
    """Of what a learner predicts one case goes wrong and one does not: neither is a safe guess."""
    for card in cards:
        asked = [case for case in card.cases if case.predict]
        met = [claims_to_meet(case, case.claims["buggy"]) for case in asked]
        if not 2 <= len(asked) <= 4:
            yield f"{card.slug}: {len(asked)} cases are predicted"
        elif all(met) or not any(met):
            yield f"{card.slug}: every predicted case is {'met' if all(met) else 'missed'}"


def _same(buggy, fixed):
    said = [(c.emails, c.error, c.recipients, c.to, c.subjects) for c in (buggy, fixed)]
    results = {str(c.result) for c in (buggy, fixed) if c.result is not None}
    return said[0] == said[1] and len(results) < 2


CHECKS = (
    short_stories,
    good_references,
    bugs_of_their_own,
    nothing_given_away,
    no_two_begin_alike,
    no_name_turned_bold,
    narrow_code,
    enough_cards,
    complete_cards,
    telling_cases,
    telling_predictions,
)
