"""The agenda as a document, for the table and to send before the meeting."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from base.documents.tree import Block, Column, Document, Facts, Paragraph, Subheading, Table
from meetings import letterhead, rules
from meetings.agenda.answered import ANSWERED, SINCE_LAST, answered_rows
from meetings.agenda.appended import appendices_for_paper
from meetings.agenda.building import agenda_for_paper
from meetings.agenda.lines import AgendaHeading, AgendaLine, mark_late, moved_from, presented
from meetings.attendance import AttendanceRow, rows
from meetings.calling import called_at
from meetings.followed_up import EARLIER, meetings_told_of
from meetings.models import Heading, Meeting
from meetings.people import described, with_title
from members.models import Member

CALLED = (Column("Organisation", 3), Column("Ordinarie", 2), Column("Ersättare", 2))


def agenda_document(meeting: Meeting, member: Member, headings: list[AgendaHeading] | None = None) -> Document:
    """The agenda as a document, as the member may see it and without restricted issues: a paper lies about.

    `headings` where they have been built for the paper already.
    """
    now = timezone.now()
    if headings is None:
        headings = agenda_for_paper(meeting, member)
    return Document(
        title="Dagordning",
        about=str(meeting),
        sender=letterhead.sender(),
        day=meeting.day,
        made_at=now,
        blocks=(
            _facts(meeting),
            *_standing(meeting, letterhead.printed_at(now)),
            *(block for heading in _printed(headings, meeting, member) for block in _heading(heading, meeting)),
            *_appended(meeting, member),
            *_called(meeting, member),
        ),
    )


def _facts(meeting: Meeting) -> Facts:
    facts = {
        "Tid": letterhead.time_span(*letterhead.hours(meeting)),
        "Plats": meeting.place,
        "Diarienummer": meeting.registry_no,
        "Ordförande": with_title(meeting.chair),
        "Sekreterare": with_title(meeting.secretary),
    }
    return Facts(tuple((name, value) for name, value in facts.items() if value))


def _printed(headings: list[AgendaHeading], meeting: Meeting, member: Member) -> list[AgendaHeading]:
    """The headings to print; for a guest those with an item of hers, not a page of empty ones."""
    mark_late(headings, called_at(meeting))
    if rules.may_see_who_comes(member, meeting):
        return headings
    return [heading for heading in headings if heading.lines]


def _heading(heading: AgendaHeading, meeting: Meeting) -> Iterator[Block]:
    yield Subheading(heading.on_paper)
    told_of = meetings_told_of(meeting) if heading.heading.rule == Heading.Rule.PREVIOUS else ()
    if previous := " ".join(f"{one}." for one in reversed(told_of)):
        yield Paragraph(previous, soft=True, leads_on=bool(heading.followed or heading.under))
    yield from map(Paragraph, map(str, heading.followed.last))
    if heading.see:
        yield Paragraph(heading.see, soft=True, leads_on=bool(heading.under or heading.answered))
    for line in heading.lines:
        yield from _line(line)
    if earlier := heading.followed.earlier:
        yield Subheading(EARLIER, level=3)
        yield from map(Paragraph, map(str, earlier))
    if heading.followed.more:
        yield Paragraph(heading.followed.more)
    if heading.answered:
        yield Subheading(SINCE_LAST, level=3)
        yield Table(ANSWERED, answered_rows(heading.answered, timezone.localdate()))
    for words in filter(None, (heading.answered.more, *(left_out.on_paper for left_out in heading.left_out))):
        yield Paragraph(words, soft=True)
    if heading.pause:
        yield Paragraph(heading.pause.on_paper, soft=True)


def _line(line: AgendaLine) -> Iterator[Block]:
    if not line.is_heading:
        about = [f"ärende {line.issue.number}" if line.issue else "", line.purpose.lower()]
        beside = f" ({', '.join(filter(None, about))})" if any(about) else ""
        yield Subheading(f"{line.time_first}{line.number} {line.title}{beside}", level=3)
    if words := " ".join(filter(None, (line.late, moved_from(line.item), line.reason, presented(line.item)))):
        yield Paragraph(words, soft=True, leads_on=bool(line.answers))
    for answer in line.answers:
        yield Paragraph(answer)


def _appended(meeting: Meeting, member: Member) -> Iterator[Block]:
    """Yield the names of the files, which the register has: they do not go with the paper."""
    if numbered := appendices_for_paper(meeting, member):
        yield Subheading("Bilagor")
    for one in numbered:
        item = f", till ”{one.appendix.item}”" if one.appendix.item else ""
        yield Paragraph(f"{one.title}{item}")


def _called(meeting: Meeting, member: Member) -> Iterator[Block]:
    """Yield the table of those called to a meeting that has not begun; afterwards the minutes have who came."""
    if meeting.is_planned and rules.may_see_who_comes(member, meeting):
        yield Subheading("Kallade")
        yield Table(CALLED, tuple(_places(row) for row in rows(meeting)))


def _places(row: AttendanceRow) -> tuple[str, str, str]:
    return str(row.organisation), _place(row, row.ordinary), _place(row, row.deputy)


def _place(row: AttendanceRow, member: Member | None) -> str:
    if member is None:
        return "Vakant"
    return described(str(member), member.title, "kan inte komma" if member in row.excused else "")


def _standing(meeting: Meeting, printed_at: str) -> Iterator[Block]:
    """Yield what is to be known of an agenda that lies on a table: it is live, or there is no meeting."""
    if meeting.is_planned:
        yield _still_live(printed_at)
    if meeting.is_cancelled:
        yield Paragraph(meeting.refusal(""))


def _still_live(printed_at: str) -> Paragraph:
    return Paragraph(f"Dagordningen följer registret tills mötet startar. Den här skrevs ut {printed_at}.", soft=True)
