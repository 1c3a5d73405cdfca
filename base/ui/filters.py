"""Which rows a list shows: a filter that reads as a sentence, and the tabs that one comes back to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import QueryDict
from django.utils import timezone


@dataclass(frozen=True)
class Tab:
    """A ready-made filter: its words, where it leads, and how many rows it gives now."""

    label: str
    url: str
    count: int
    current: bool


class FewRows(ModelChoiceIterator):  # type: ignore[type-arg]
    """The choices of a ChoiceOfFew."""

    def __iter__(self) -> Iterator[tuple[Any, Any]]:
        yield "", self.field.empty_label
        for row in self.queryset:  # which keeps them, as Django's own does not
            yield self.choice(row)


class ChoiceOfFew(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of rows that are few, by its key, or none of them.

    They are read once for each form: for what is chosen and for all there is to choose among.
    """

    iterator = FewRows
    queryset: QuerySet[Any]

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        rows = {str(row.pk): row for row in self.queryset}
        if value not in rows:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return rows[value]


class Filter(forms.Form):
    """Which rows a list shows to a member: the fields of a sentence, read from the address.

    What is unknown there counts as empty: an address is no form to be corrected.
    """

    def __init__(self, query: QueryDict, *, member: Any) -> None:
        super().__init__(query, auto_id=False)
        self.member = member
        self.today = timezone.localdate()
        self.offer()
        for field in self.fields.values():
            field.required = False
            field.widget.attrs["aria-label"] = field.label
        self.full_clean()

    def offer(self) -> None:
        """Set what there is to choose among, where it is the member's own; before it is read what was chosen."""

    def value(self, name: str) -> Any:
        """What the field is set to; nothing where it is empty."""
        return self.cleaned_data.get(name)

    def address(self, **values: str) -> str:
        """The address of the same filter with these fields set, from its first page."""
        query = {name: value for name, value in self.data.items() if name != "sida"}
        return f"?{urlencode(query | values)}"
