"""Choosing among the rows of a list: a sentence with gaps, and the views one comes back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone


@dataclass(frozen=True)
class Tab:
    """A choice that is ready made: its words, where it leads, and how many rows it holds now."""

    label: str
    url: str
    count: int
    current: bool


class Filter(forms.Form):
    """Which rows a list shows to a member: a sentence with gaps, read from the address.

    What is unknown there counts as unsaid: an address is no form to be corrected.
    """

    def __init__(self, query: QueryDict, *, member: Any) -> None:
        super().__init__(query, auto_id=False)
        self.member = member
        self.today = timezone.localdate()
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["aria-label"] = field.label
        self.full_clean()

    def value(self, gap: str) -> Any:
        """What stands in the gap; nothing where nothing is said."""
        return self.cleaned_data.get(gap)

    def address(self, **said: str) -> str:
        """The same sentence with that said, from its first page."""
        sentence = {name: words for name, words in self.data.items() if name != "sida"}
        return f"?{urlencode(sentence | said)}"
