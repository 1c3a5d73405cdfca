"""Maskings: what the samordnare takes out of a text, wherever it stands, also of what is read of sent minutes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from base.swedish.passages import pattern
from demo.story.calendar import Calendar
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.reading import Record
from demo.story.teller import Teller
from demo.story.working_hours import Hours
from temagrupp.redaction.finding import find
from temagrupp.redaction.redacting import redact_passage
from temagrupp.redaction.scope import MaskingScope


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    for record in data.maskings:
        moment = calendar.moment(record.only("nar", "ord", "skal")["nar"])
        yield Happening(Hours.OFFICE.at_work(moment, calendar.now), partial(_is_masked, record), record)


def _is_masked(record: Record, teller: Teller) -> None:
    passage = record["ord"]
    places = find(MaskingScope(teller.coordinator), pattern(passage))
    if not places:
        raise record.error(f"”{passage}” står inte någonstans då.")
    redact_passage(passage, places, why=record["skal"], **teller.acts())
