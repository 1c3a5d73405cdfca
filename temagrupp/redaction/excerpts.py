"""The words around a passage, for who decides whether it is to be masked there."""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

AROUND = 60


def marked(text: str, expression: str) -> SafeString:
    """The text around the passage where it first stands, marked; and how often it stands further on."""
    met = list(re.finditer(expression, text))
    if not met:
        return format_html("{}", text)
    first = met[0]
    start = text.rfind(" ", 0, max(first.start() - AROUND, 0)) + 1 if first.start() > AROUND else 0
    end = text.find(" ", first.end() + AROUND)
    end = len(text) if end < 0 else end
    inside = [one for one in met if one.end() <= end]
    pieces, at = [], start
    for one in inside:
        pieces.append((text[at : one.start()], one.group()))
        at = one.end()
    before, after = "… " if start else "", " …" if end < len(text) else ""
    words = format_html_join("", "{}<mark>{}</mark>", pieces)
    return format_html("{}{}{}{}", before, words, text[at:end], after)
