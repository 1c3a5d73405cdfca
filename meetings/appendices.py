"""Files added to a meeting several at once, and put at the lines of its agenda."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from base.files.gate import ClearedFile
from meetings.agenda.appended import NumberedAppendix
from meetings.agenda.lines import AgendaHeading
from meetings.agenda.ordering import keep_line
from meetings.models import Appendix, Meeting
from members.actor import Actor


@dataclass(frozen=True)
class AddedFiles:
    """What was added, and the names of those that stood there already."""

    appendices: Sequence[Appendix] = ()
    there_already: Sequence[ClearedFile] = field(default=())


def put_at_lines(numbered: Sequence[NumberedAppendix], headings: Sequence[AgendaHeading]) -> None:
    """Let each line of the agenda know the appendices of its item."""
    for heading in headings:
        for line in heading.lines:
            line.appendices = [one for one in numbered if line.item and one.appendix.item_id == line.item.pk]


@transaction.atomic
def add_files(
    meeting: Meeting, files: Sequence[ClearedFile], *, by: Actor, line: str = "", at: datetime | None = None
) -> AddedFiles:
    """Add the files to the meeting, or to a line of its agenda by its key; all, or none of them.

    Raises NotAllowed when the line is gone or the meeting has closed, ValidationError when there is no room.
    """
    item = keep_line(meeting, line, by=by, at=at) if line else None
    appendices, there_already = [], []
    for cleared in files:
        if made := Appendix.add(meeting, cleared, item=item, by=by, at=at):
            appendices.append(made)
        else:
            there_already.append(cleared)
    return AddedFiles(appendices, there_already)
