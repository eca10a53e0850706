"""Markdown of cards as safe HTML: rendered without raw HTML, then cleaned by an allow-list."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

BLOCKS = {
    "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "h3", "h4", "h5", "h6",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
INLINE = {"a", "code", "em", "strong", "span"}
# Only what Pygments and fenced code bring; no text can dress up as a part of the page.
ATTRIBUTES = {
    "a": {"href", "title"}, "span": {"class"}, "pre": {"tabindex", "translate"}, "ol": {"start"},
}  # fmt: skip
SCHEMES = {"http", "https", "mailto"}
FIRST_HEADING = 3  # h1 and h2 belong to the page


def _code(text: str, language: str, attributes: str) -> str:
    """Return highlighted code of a fence, or nothing for a language unknown here."""
    try:
        lexer = get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return ""
    html: str = highlight(text, lexer, HtmlFormatter(nowrap=True))
    return f'<pre tabindex="0" translate="no"><code>{html}</code></pre>'


_markdown = MarkdownIt("commonmark", {"html": False, "highlight": _code}).enable("table")


@lru_cache(maxsize=2048)
def render(text: str) -> SafeString:
    """Return a Markdown text as HTML that is safe in any page; headings begin at h3."""
    tokens = _markdown.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + FIRST_HEADING - 1)}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return _clean(html, BLOCKS | INLINE)


@lru_cache(maxsize=2048)
def render_inline(text: str) -> SafeString:
    """Return one line of Markdown (code, emphasis, links) as safe HTML without a paragraph."""
    return _clean(_markdown.renderInline(text), INLINE)


def _clean(html: str, tags: set[str]) -> SafeString:
    clean = nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES)
    return mark_safe(clean)  # noqa: S308 cleaned one line above
