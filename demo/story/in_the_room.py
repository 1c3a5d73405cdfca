"""What happens in the room: who is there, what is said of each item, and what is decided."""

from __future__ import annotations

from demo.story.reading import Record
from demo.story.teller import Teller
from meetings.attendance import admit_guest, note_expected, one_after_the_other, rows
from meetings.models import AgendaItem, Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import AttendanceSpan
from members.actor import Actor

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity


def is_seated(meeting: Meeting, record: Record, teller: Teller) -> None:
    """Those who were missing and those who left early as the data says, all others as they are expected."""
    absent = record.list("franvarande")
    leaving = {table["organisation"]: int(table["efter"]) for table in record.inside("tar_over")}
    if unknown := next((name for name in [*absent, *leaving] if name not in teller.organisations), None):
        raise record.error(f"”{unknown}” är ingen organisation i gruppen.")
    by = Actor.of(teller.coordinator)
    for row in rows(meeting):
        name = row.organisation.short_name
        if name in absent:
            row.at_meeting.note(by=by, state=State.ABSENT)
        elif name in leaving and row.ordinary and row.deputy:
            first = AttendanceSpan(row.ordinary, Capacity.ORDINARY, last=leaving[name])
            spans = one_after_the_other(first, AttendanceSpan(row.deputy, Capacity.DEPUTY))
            row.at_meeting.note(by=by, state=State.REPRESENTED, spans=spans)
    note_expected(meeting, by=by)
    for guest in record.inside("gaster"):
        guest.only("vem", "punkt")
        heading = int(guest["punkt"])
        admit_guest(meeting, AttendanceSpan(guest.choice("vem", teller.members), Capacity.CO_OPTED, heading, heading))


def is_discussed(item: AgendaItem, record: Record, teller: Teller, *, first: bool) -> None:
    """What is noted of the item, and what is decided the first time that its issue comes up."""
    topic = teller.topics.get(item.issue_id or 0) if first else None
    note = next(topic.notes, "") if topic else _standing_note(item, record)
    if note:
        teller.clock.pass_minutes(4)
        item.write_note(text=note, version=item.note_version, by=Actor.of(teller.coordinator))
    item.mark_discussed(at=teller.now)
    teller.clock.pass_minutes(1)
    if topic:
        topic.is_decided(item, record["vecka"], teller)


def _standing_note(item: AgendaItem, record: Record) -> str:
    """What the meeting's own notes say under a heading where nothing of an issue stands."""
    if item.issue_id:
        return ""
    notes = {int(table["punkt"]): table for table in record.inside("anteckningar")}
    table = notes.get(item.heading.number)
    return table["text"] if table else ""
