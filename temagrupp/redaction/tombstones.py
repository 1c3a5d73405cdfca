"""The places of what has been masked, by the names that they have today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from base.records.text_places import told_apart
from meetings.models import Minutes
from temagrupp.redaction.finding import GONE
from temagrupp.redaction.models import RedactedPlace
from temagrupp.redaction.texts import BY_TABLE


@dataclass(frozen=True)
class NamedPlace:
    """A place of a redaction: its name, the page that shows it if any, and what was masked there."""

    name: str
    url: str
    place: RedactedPlace


def named_places(places: Iterable[RedactedPlace]) -> list[NamedPlace]:
    """The places with their names, in their order; one statement for each kind of row."""
    named = list(_named(places))
    names = told_apart([(each.name, each.place.key) for each in named])
    return [replace(each, name=name) if each.url else each for each, name in zip(named, names, strict=True)]


def _named(places: Iterable[RedactedPlace]) -> Iterator[NamedPlace]:
    keys: dict[str, set[str]] = defaultdict(set)
    for place in places:
        keys[place.table].add(place.key)
    rows: dict[tuple[str, str], Any] = {}
    for table in keys.keys() & BY_TABLE.keys():
        found = BY_TABLE[table].model._base_manager.select_related(*BY_TABLE[table].related)
        rows |= {(table, str(row.pk)): row for row in found.filter(pk__in=keys[table])}
    sent = Minutes.objects.defer("content").select_related("meeting").in_bulk(keys[Minutes._meta.db_table])
    for place in places:
        texts, row = BY_TABLE.get(place.table), rows.get((place.table, place.key))
        if place.is_of_minutes:
            minutes = sent[int(place.key)]
            of_issue = f"Det om ärende {place.issue.number} i mötesanteckningarna, " if place.issue else ""
            yield NamedPlace(f"{of_issue}{minutes}", minutes.get_absolute_url(), place)
        elif texts and row and place.column in texts.columns:
            yield NamedPlace(texts.name(row, place.column), texts.url(row), place)
        else:
            yield NamedPlace(GONE.capitalize(), "", place)
