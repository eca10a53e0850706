"""Code as highlighted lines, made once for each text."""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import name as name_of

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from pygments.lexer import Lexer
from pygments.lexers import HtmlLexer, JsonLexer, PythonLexer, TextLexer
from pygments.token import STANDARD_TYPES, Punctuation, Text, Token

# What the style sheet gives no colour needs no span.
PLAIN = {Token.Name, Token.Operator, Punctuation, Text, Token.Text.Whitespace}
LEXERS: dict[str, type[Lexer]] = {"py": PythonLexer, "json": JsonLexer, "html": HtmlLexer}


# Unicode's controls of direction show text in another order than it runs in: trojansource.codes.
TURNS = re.compile("[\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]")


class Line(NamedTuple):
    """One line of a file: its number, its text, and the same as HTML with Pygments' classes."""

    n: int
    text: str
    html: SafeString

    @property
    def depth(self) -> int:
        return depth(self.text)


def depth(text: str) -> int:
    """Return how many times four columns a line is indented, up to 7; wrapped, it hangs deeper."""
    text = text.expandtabs(4)
    return min(7, (len(text) - len(text.lstrip())) // 4)


@lru_cache(maxsize=1024)
def lines(source: str, name: str = "models.py") -> tuple[Line, ...]:
    """Return the lines of `source`, coloured by the ending of `name`; everything is escaped.

    The text is the key of the cache, so a changed file is never shown with old colours.
    """
    lexer = LEXERS.get(name.rsplit(".", 1)[-1], TextLexer)(stripnl=False, ensurenl=False)
    html: list[list[str]] = [[]]
    for token, value in lexer.get_tokens(source.rstrip("\n")):
        for i, piece in enumerate(value.split("\n")):
            if i:
                html.append([])
            if piece:
                html[-1].append(_span(token, piece))
    texts = source.replace("\r\n", "\n").rstrip("\n").split("\n")
    # Each piece was escaped by _span.
    return tuple(
        Line(n, text, mark_safe("".join(pieces)))  # noqa: S308
        for n, (text, pieces) in enumerate(zip(texts, html, strict=False), 1)
    )


def shown(source: str, name: str = "models.py") -> tuple[Line, ...]:
    """Return the lines of a case as a learner sees them: without the `# intent` notes on top.

    Numbers stay those of the file, so that a trace points at the right line.
    """
    return tuple(
        line
        for line in lines(source, name)
        if not (line.n <= 2 and line.text.startswith(("# intent:", "# intent-result:")))
    )


def turns(source: str) -> bool:
    """Return whether a text has characters that turn the order in which it is shown."""
    return TURNS.search(source) is not None


def _span(token: object, piece: str) -> str:
    text = TURNS.sub(_told, escape(piece))
    if token in PLAIN or not (kind := _kind(token)):
        return text
    return f'<span class="{kind}">{text}</span>'


def _told(found: re.Match[str]) -> str:
    """Return a control character in a box with its name; a copy of the text still has it."""
    sign = found[0]
    return (
        f'<span class="turns" data-turns="U+{ord(sign):04X}" title="{name_of(sign)}">{sign}</span>'
    )


def _kind(token: object) -> str:
    """Return Pygments' short class of a token, or that of its nearest known parent."""
    while token not in STANDARD_TYPES:
        token = token.parent  # type: ignore[attr-defined]
    return STANDARD_TYPES[token]  # type: ignore[index]
