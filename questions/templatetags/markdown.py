"""{{ text|markdown }} and {{ line|markdown_inline }}."""

from django import template

from questions import markdown as card_markdown

register = template.Library()
register.filter("markdown", card_markdown.render)
register.filter("markdown_inline", card_markdown.render_inline)
