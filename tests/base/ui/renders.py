"""How many templates a page is drawn by, includes and widgets counted one by one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from django.template import Template
from django.test.signals import template_rendered


@contextmanager
def templates_rendered() -> Iterator[Counter[str]]:
    """The names of the templates that are rendered while the block lasts, each with how many times."""
    names: Counter[str] = Counter()

    def note(sender: Template, **signal: object) -> None:
        names[str(sender.name)] += 1

    template_rendered.connect(note)
    try:
        yield names
    finally:
        template_rendered.disconnect(note)
