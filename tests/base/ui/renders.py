"""How many templates a page is drawn by, includes and widgets counted one by one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.template import Context, Template
from django.utils.safestring import SafeString


@contextmanager
def templates_rendered() -> Iterator[Counter[str]]:
    """The names of the templates that are rendered while the block lasts, each with how many times."""
    names: Counter[str] = Counter()
    render: Any = vars(Template)["_render"]

    def count(template: Template, context: Context) -> SafeString:
        names[str(template.name)] += 1
        told: SafeString = render(template, context)
        return told

    with patch.object(Template, "_render", count):
        yield names
