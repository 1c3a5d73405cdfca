"""The sentence about whether somebody who presents an item is called to it, and for what time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from base.swedish.words import day_and_month
from meetings.agenda.lines import AgendaLine, by_the_wall
from meetings.models import Meeting
from meetings.models.item_presenter import ItemPresenter
from members.models import Notice


@dataclass(frozen=True)
class LastCall:
    """What has become of the last call to somebody, and when."""

    state: str
    at: datetime | None

    @classmethod
    def read(cls, facts: dict[str, Any]) -> LastCall:
        moment = facts["settled_at"] or facts["handed_at"]
        return cls(facts["state"], datetime.fromisoformat(moment) if moment else None)


def called_words(
    who: ItemPresenter, last: LastCall | None, meeting: Meeting, line: AgendaLine, *, is_called: bool
) -> str:
    """Anna Exempel är kallad 25 november. Punkten är planerad till 13.40."""
    if last and last.state in Notice.REACHED:
        day = day_and_month(timezone.localdate(last.at), today=timezone.localdate())
        return f"{who} är kallad {day}, till {_time(meeting, line)}."
    if last and last.state == Notice.State.WAITING:
        return f"Kallelsen till {who} väntar på att skickas."
    if last:
        return f"Kallelsen till {who} kom inte fram. Rätta adressen, eller ring."
    if who.member is None and not who.address:
        return f"{who} har ingen e-postadress här och kallas inte av registret."
    if not meeting.is_planned:
        return f"{who} har inte fått någon kallelse."
    return f"{who} kallas inom kort." if is_called else f"{who} kallas när kallelsen skickas."


def _time(meeting: Meeting, line: AgendaLine) -> str:
    """When the item is planned to come, else when the meeting begins: klockan 13.40."""
    moment: datetime = line.planned_at or meeting.starts_at
    return f"klockan {by_the_wall(moment)}"
