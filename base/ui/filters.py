"""Which rows a list shows: a filter that reads as a sentence, and the tabs that one comes back to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils import timezone


@dataclass(frozen=True)
class Tab:
    """A ready-made filter: its words, where it leads, and how many rows it gives now."""

    label: str
    url: str
    count: int
    current: bool


class Filter(forms.Form):
    """Which rows a list shows to a member: the fields of a sentence, read from the address.

    What is unknown there counts as empty: an address is no form to be corrected.
    """

    def __init__(self, query: QueryDict, *, member: Any) -> None:
        super().__init__(query, auto_id=False)
        self.member = member
        self.today = timezone.localdate()
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["aria-label"] = field.label
        self.full_clean()

    def value(self, name: str) -> Any:
        """What the field is set to; nothing where it is empty."""
        return self.cleaned_data.get(name)

    def address(self, **values: str) -> str:
        """The address of the same filter with these fields set, from its first page."""
        query = {name: value for name, value in self.data.items() if name != "sida"}
        return f"?{urlencode(query | values)}"
