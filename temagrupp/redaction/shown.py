"""What a page to mask showed, what was chosen on it, and what is found when it is sent: told where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

from django.http import QueryDict

from base.imports.models import Import
from base.swedish.words import in_words, listed

TABLE_BROUGHT_IN = (
    "En tabell som du valde har importerats. Se efter om medlemmarna i den står bland ställena, eller sök efter dem."
)
TABLE_GONE = "En tabell som du valde är redan borttagen."
MINUTES_GONE = "Mötesanteckningar som du valde säger det inte längre."
CAME = "Sedan sidan visades har det tillkommit {}. Det är inte valt: välj det som också ska maskeras."
LONGEST_KEY = 9
"""Digits of a key that is asked for: one that is longer is nobody's."""

PLACES, MINUTES, TABLES = "places", "minutes", "tables"


def told_where(texts: int, minutes: int, tables: int) -> str:
    """In how many texts, versions of minutes and tables, in words."""
    told = {
        f"på {in_words(texts, 'ställe', 'ställen', neuter=True)}": texts,
        f"i {in_words(minutes, 'version', 'versioner')} av sparade mötesanteckningar": minutes,
        f"i {in_words(tables, 'inläst tabell', 'inlästa tabeller')}": tables,
    }
    return listed([words for words, number in told.items() if number])


@dataclass(frozen=True)
class Shown:
    """Of one kind of place, by the names that a form has for them: what was shown, chosen, and is found now."""

    shown: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    found: frozenset[str] = frozenset()

    @classmethod
    def of(cls, data: QueryDict, kind: str, found: Iterable[object]) -> Shown:
        """As the form was sent: its boxes, and beside them the names of all that were shown."""
        shown, chosen = (frozenset(data.getlist(name)) for name in (f"offered_{kind}", kind))
        return cls(shown, chosen, frozenset(map(str, found)))

    @property
    def came(self) -> frozenset[str]:
        return self.found - self.shown

    @property
    def gone(self) -> frozenset[str]:
        return self.chosen - self.found

    @property
    def standing(self) -> frozenset[str]:
        """What is chosen and still there."""
        return self.chosen & self.found


@dataclass(frozen=True)
class ShownPage:
    """All that the page showed, kind by kind."""

    places: Shown
    minutes: Shown
    tables: Shown

    @classmethod
    def of(
        cls, data: QueryDict, places: Iterable[str], minutes: Iterable[int], tables: Iterable[int] | None
    ) -> ShownPage:
        """As the form was sent. Of tables None where they are not hers to know of, whatever she sends."""
        kind = partial(Shown.of, data)
        of_tables = Shown() if tables is None else kind(TABLES, tables)
        return cls(kind(PLACES, places), kind(MINUTES, minutes), of_tables)

    @property
    def kinds(self) -> tuple[Shown, Shown, Shown]:
        return self.places, self.minutes, self.tables

    @property
    def new(self) -> dict[str, Set[Any]]:
        """What has come, kind by kind, by the names and keys that it has."""
        minutes, tables = ({int(key) for key in kind.came} for kind in (self.minutes, self.tables))
        return {PLACES: self.places.came, MINUTES: minutes, TABLES: tables}

    @property
    def numbers(self) -> tuple[int, int, int]:
        """In how many texts, versions of minutes and tables it is chosen to be masked."""
        texts, minutes, tables = (len(kind.standing) for kind in self.kinds)
        return texts, minutes, tables

    @property
    def set_chosen(self) -> str:
        """By which a yes is known to be to these and no others."""
        named = "\n".join(" ".join(sorted(kind.standing)) for kind in self.kinds)
        return sha256(named.encode()).hexdigest()[:16]

    @property
    def meanwhile(self) -> str:
        """What has become of it since the page was shown, in sentences; of texts that are gone the form tells."""
        gone = {int(key) for key in self.tables.gone if key.isdecimal() and len(key) <= LONGEST_KEY}
        brought_in = gone and Import.objects.filter(pk__in=gone).exclude(done_at=None).exists()
        texts, minutes, tables = (len(kind.came) for kind in self.kinds)
        told = {
            MINUTES_GONE: self.minutes.gone,
            TABLE_BROUGHT_IN: brought_in,
            TABLE_GONE: self.tables.gone and not brought_in,
            CAME.format(told_where(texts, minutes, tables)): texts + minutes + tables,
        }
        return " ".join(sentence for sentence, is_so in told.items() if is_so)
