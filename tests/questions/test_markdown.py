"""Markdown of cards: what it may do and what it must not."""

from html.parser import HTMLParser

import pytest
from django.template import Context, Template

from questions.markdown import render, render_inline


def test_it_works():
    assert render("A `save()` is *not* an update.") == (
        "<p>A <code>save()</code> is <em>not</em> an update.</p>\n"
    )


def test_python_is_highlighted():
    html = render("```python\ndef f(): pass\n```")
    assert html.startswith('<pre tabindex="0" translate="no"><code><span class="k">def</span>')


def test_unknown_language_is_plain():
    assert "<code>a &lt; b\n</code>" in render("```klingon\na < b\n```")


def test_headings_begin_below_those_of_the_page():
    assert render("# One\n\n## Two") == "<h3>One</h3>\n<h4>Two</h4>\n"


def test_line_has_no_paragraph():
    assert render_inline("`created` is **True**") == "<code>created</code> is <strong>True</strong>"
    assert render_inline("# no heading") == "# no heading"


def test_links_leave_without_a_trace():
    html = render("[docs](https://docs.djangoproject.com/ 'the manual')")
    assert 'href="https://docs.djangoproject.com/"' in html and 'rel="noopener noreferrer"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![x](https://example.com/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        "<a href='https://example.com' onclick='x()'>y</a>",
        "<div style='position:fixed'>x</div>",
        '```python" onload="x\ncode\n```',
    ],
)
def test_nothing_runs_and_nothing_is_fetched(text):
    for html in (render(text), render_inline(text)):
        found = Tags()
        found.feed(html)
        assert found.tags <= {"p", "a", "pre", "code"}
        assert found.attributes <= {"rel", "translate"}


class Tags(HTMLParser):
    """Collects what a browser would make of the text."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_filters():
    text = "{% load markdown %}{{ t|markdown }}{{ t|markdown_inline }}"
    assert Template(text).render(Context({"t": "*x*"})) == "<p><em>x</em></p>\n<em>x</em>"
