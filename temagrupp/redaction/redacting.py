"""The verb: masks a passage, or a whole text, in all the places at once, and tells of it where it was done."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain

from django.db import connection
from django.utils import timezone

from base.imports.models import Import
from base.postgresql.patience import with_time
from base.records import Conflict
from base.swedish.passages import pattern
from issues.models import Event, Issue, Observation
from meetings.minutes.masking import hold_closings, mask_versions, versions_with
from meetings.models import MaskedAnnexPart, MaskedMinutes, Minutes
from members.actor import Actor
from temagrupp.redaction.again import sums_of
from temagrupp.redaction.finding import SECONDS, FoundText
from temagrupp.redaction.kept import forget, table_as_place, tables_with
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.reasons import ensure_says_nothing_of
from temagrupp.redaction.whole import versions_of, whole_pattern

NOT_MASKED_IN_TIME = (
    "Det hann inte maskeras. Inget är ändrat. Välj färre ställen åt gången, eller försök igen om en stund."
)
CAME_MEANWHILE = "Det har tillkommit på ett ställe som inte visades. Inget är ändrat."
CALL = "SELECT public.redact(%s, %s, %s, %s, %s, %s, %s)"


@dataclass(frozen=True)
class Spared:
    """By their keys the versions of minutes, and the tables that are read in, that it goes on standing in.

    `shown_minutes` and `shown_tables` are those there were to choose among: None where nobody was asked.
    """

    minutes: Set[int] = frozenset()
    tables: Set[int] = frozenset()
    shown_minutes: Set[int] | None = None
    shown_tables: Set[int] | None = None

    def ensure_shown(self, minutes: Iterable[Minutes], tables: Iterable[Import]) -> None:
        """Raises Conflict where one has come since, which nobody has chosen about."""
        for found, shown in ((minutes, self.shown_minutes), (tables, self.shown_tables)):
            if shown is not None and {each.pk for each in found} - shown:
                raise Conflict(CAME_MEANWHILE)


NOTHING_SPARED = Spared()


@dataclass(frozen=True)
class OutsideTexts:
    """What a masking changed outside the texts: copies of minutes, and the tables that it is to remove."""

    copies: Sequence[MaskedMinutes | MaskedAnnexPart] = ()
    tables: Sequence[Import] = ()


@with_time(seconds=SECONDS, otherwise=partial(Conflict, NOT_MASKED_IN_TIME))
def redact_passage(
    passage: str,
    places: Sequence[FoundText],
    *,
    why: str,
    by: Actor,
    at: datetime | None = None,
    only: Collection[int] | None = None,
    spared: Spared = NOTHING_SPARED,
) -> Redaction:
    """Mask the passage in the texts, their history, the sessions and what is read of sent minutes.

    `only` are the issues whose part of minutes is masked, None for all. A table that waits to be brought in and says it
    is removed whole.
    In sessions and tables for the samordnare alone: others mask in their own things, and those are not theirs to reach.
    Raises Conflict, also where it came somewhere that was not shown; ValidationError when the reason has a word of it.
    """
    sums = sums_of([passage])
    ensure_says_nothing_of(sums, why)
    hold_closings()  # a note is written under the lock of its meeting, and a closing freezes what it reads
    at, expression = at or timezone.now(), pattern(passage)
    elsewhere = _mask_elsewhere(expression, by=by, at=at, only=only, spared=spared)
    return _redact(places, expression, sums[passage], elsewhere, why=why, by=by, at=at)


@with_time(seconds=SECONDS, otherwise=partial(Conflict, NOT_MASKED_IN_TIME))
def redact_text(
    place: FoundText,
    *,
    why: str,
    by: Actor,
    at: datetime | None = None,
    only: Collection[int] | None = None,
    spared: Spared = NOTHING_SPARED,
) -> Redaction:
    """Mask the whole text in every version of it, and where minutes and tables that are not spared say one of them.

    Raises Conflict, ValidationError when the reason has a word of it.
    """
    hold_closings()  # before the versions are read: a note that comes meanwhile is one of them
    at, elsewhere, sums = at or timezone.now(), OutsideTexts(), sums_of(versions_of(place))
    ensure_says_nothing_of(sums, why)
    if expression := whole_pattern(sums):
        elsewhere = _mask_elsewhere(expression, by=by, at=at, only=only, spared=spared)
    digests = dict.fromkeys(chain.from_iterable(sums.values()))
    return _redact([place], None, list(digests), elsewhere, why=why, by=by, at=at)


def _mask_elsewhere(
    expression: str, *, by: Actor, at: datetime, only: Collection[int] | None, spared: Spared
) -> OutsideTexts:
    """Mask it in sent minutes, forget what is kept for a while with it, and return the copies that changed."""
    tables = list[Import]()
    if by.member.is_coordinator:
        forget(expression)
        tables = tables_with(expression)
    said = versions_with(expression, by=by.member, only=only)
    spared.ensure_shown(said, tables)
    tables = [table for table in tables if table.pk not in spared.tables]
    versions = [version for version in said if version.pk not in spared.minutes]
    return OutsideTexts(mask_versions(versions, expression, by=by, at=at, only=only), tables)


def _redact(
    places: Sequence[FoundText],
    expression: str | None,
    digests: list[str],
    elsewhere: OutsideTexts,
    *,
    why: str,
    by: Actor,
    at: datetime,
) -> Redaction:
    told = json.dumps([*(place.as_place() for place in places), *map(table_as_place, elsewhere.tables)])
    read_by_all = [{"k": copy.minutes_id} for copy in elsewhere.copies if copy.is_told]
    of_issues = dict.fromkeys((copy.minutes_id, issue) for copy in elsewhere.copies for issue in copy.restricted)
    parts = [{"k": key, "issue": issue} for key, issue in of_issues]
    with connection.cursor() as cursor:
        cursor.execute(CALL, [told, expression, by.member.pk, at, why, digests, json.dumps(read_by_all + parts)])
        [(key,)] = cursor.fetchall()
    redaction = Redaction(pk=key)
    _tell(redaction, by=by, at=at)
    return redaction


def _tell(redaction: Redaction, *, by: Actor, at: datetime) -> None:
    """Write an event in each issue; of what is about a restricted observation one that only those named see."""
    about = dict.fromkeys(redaction.places.exclude(issue=None).order_by("pk").values_list("issue", "observation"))
    issues = Issue.with_struck.in_bulk({issue for issue, _ in about})
    observations = Observation.with_withdrawn.filter(restricted=True).in_bulk({key for _, key in about if key})
    told = dict.fromkeys((issue, observations.get(key)) for issue, key in about)
    for issue, observation in told:
        issues[issue].record(Event.Kind.MASKED, by=by, at=at, observation=observation)
