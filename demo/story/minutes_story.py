"""What becomes of minutes once they are sent: approved, wished otherwise, and corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from demo.story.data import Data
from demo.story.reading import Record
from demo.story.teller import Teller
from meetings.approvers import choose_approvers
from meetings.approving import approve, wish
from meetings.correcting import save_correction, start_correcting
from meetings.models import AgendaItem, Approver, Meeting, Minutes
from members.models import Group

KEYS = ("justering", "justerare", "justeras", "synpunkter", "rattas")
"""What a meeting of the data says of it."""
Tell = Callable[[Meeting, Teller], None]


def steps(record: Record, data: Data) -> Iterator[tuple[str, Tell, Record]]:
    """When each happens, in words, and what it does to the meeting, which is planned or held by then."""
    if begins := record.get("justering"):
        yield begins, _approval_begins, record
    for mark in record.inside("justeras"):
        mark.only("nar", "vem").choice("vem", data.people)
        yield mark["nar"], partial(_is_approved, mark=mark), mark
    for said in record.inside("synpunkter"):
        said.only("nar", "vem", "text").choice("vem", data.people)
        yield said["nar"], partial(_is_wished_otherwise, said=said), said
    for change in record.inside("rattas"):
        change.only("nar", "punkt", "text", "varfor")
        yield change["nar"], partial(_is_corrected, change=change), change


def approvers_are_chosen(meeting: Meeting, record: Record, teller: Teller) -> None:
    names = record.list("justerare")
    if names:
        choose_approvers(meeting, [f"{teller.members[name].pk}" for name in names], **teller.acts())


def _approval_begins(meeting: Meeting, teller: Teller) -> None:
    """The samordnare lets minutes be approved, from the one to come: a group does not, unless somebody says so."""
    Group.current().change(by=teller.acts()["by"], approves_minutes=True)


def _is_approved(meeting: Meeting, teller: Teller, *, mark: Record) -> None:
    approver = _approver(meeting, mark, teller)
    approve(_latest(meeting), approver, **teller.acts(teller.members[mark["vem"]]))


def _is_wished_otherwise(meeting: Meeting, teller: Teller, *, said: Record) -> None:
    approver = _approver(meeting, said, teller)
    wish(_latest(meeting), approver, text=said["text"], **teller.acts(teller.members[said["vem"]]))


def _is_corrected(meeting: Meeting, teller: Teller, *, change: Record) -> None:
    """The note under a heading is put right, and the next version sent."""
    meeting.refresh_from_db()
    start_correcting(meeting, **teller.acts())
    teller.clock.pass_minutes(6)
    item = AgendaItem.objects.get(meeting=meeting, kind="heading", heading__number=int(change["punkt"]))
    item.write_note(text=change["text"], version=item.note_version, **teller.acts())
    save_correction(meeting, why=change["varfor"], **teller.acts())


def _latest(meeting: Meeting) -> Minutes:
    return Minutes.objects.of(meeting).latest_first()[0]


def _approver(meeting: Meeting, said: Record, teller: Teller) -> Approver:
    found = Approver.objects.at(meeting).filter(member=teller.members[said["vem"]]).first()
    if found is None:
        raise said.error(f"{said['vem']} är inte vald att justera.")
    return found
