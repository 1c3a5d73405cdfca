"""Meetings, from the gavel to the minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from base.documents.pdf import pdf
from base.documents.tree import Document, Paragraph
from base.files.gate import clear
from demo.story.calendar import Calendar
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.nil_reports import CHANNELS
from demo.story.reading import Record
from demo.story.teller import Teller
from demo.story.working_hours import Hours
from issues.models import Issue
from meetings import letterhead
from meetings.agenda.building import agenda
from meetings.agenda.ordering import add_item, remove_line
from meetings.attendance import note_expected, one_after_the_other, rows
from meetings.calling_off import call_off
from meetings.closing import close_meeting
from meetings.models import AgendaItem, Appendix, CallAnswer, Meeting, OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.participants import admit, in_words, of_member
from meetings.starting import start_meeting
from members.actor import Actor

LENGTH = timedelta(hours=2)
ANSWERS = {"ja": CallAnswer.Answer.YES, "delvis": CallAnswer.Answer.PARTLY}


class MeetingStory:
    """A meeting of the data. Those of past weeks are held; the next one stands in the calendar, half prepared."""

    meeting: Meeting

    def __init__(self, record: Record, following: MeetingStory | None, calendar: Calendar) -> None:
        record.only(
            *("vecka", "tid", "plats", "extra", "kallas", "forhinder", "svar", "franvarande", "tar_over", "gaster"),
            "deltagare",
            *("bara", "punkter", "bilagor", "anteckningar", "installt"),
        )
        self.record, self.following, self.calendar = record, following, calendar
        self.week = record["vecka"]
        self.starts_at = calendar.meeting(self.week, record.get("tid", "13.00"))

    def happenings(self, data: Data) -> Iterator[Happening]:
        if called := self.record.get("kallas"):
            yield Happening(self._office(called), self._is_called, self.record)
        for excuse in self.record.inside("forhinder"):
            who = excuse.only("nar", "vem").choice("vem", data.people).name
            yield Happening(self._office(excuse["nar"]), partial(self._excuses, who=who), excuse)
        for reply in self.record.inside("svar"):
            reply.only("nar", "vem", "svar", "del", "hur").choice("vem", data.people)
            yield Happening(self._office(reply["nar"]), partial(self._is_answered, reply=reply), reply)
        for item in self.record.inside("punkter"):
            item.only("nar", "rubrik", "foredrar", "minuter")
            yield Happening(self._office(item["nar"]), partial(self._gets, item=item), item)
        for file in self.record.inside("bilagor"):
            file.only("nar", "namn", "punkt", "text")
            yield Happening(self._office(file["nar"]), partial(self._is_appended, file=file), file)
        for off in self.record.inside("installt"):
            off.only("nar", "varfor")
            yield Happening(self._office(off["nar"]), partial(self._is_off, why=off["varfor"]), off)
        if not self.record.get("installt") and self.starts_at + LENGTH < self.calendar.now:
            yield Happening(self.starts_at + timedelta(minutes=2), self._is_held, self.record)

    # Private

    def _office(self, words: str) -> datetime:
        return Hours.OFFICE.at_work(self.calendar.moment(words), self.calendar.now)

    def _is_called(self, teller: Teller) -> None:
        extra = bool(self.record.values.get("extra"))
        facts = {"place": self.record["plats"], "is_extra": extra, "ends_at": self.starts_at + LENGTH}
        self.meeting = Meeting.plan(starts_at=self.starts_at, **teller.acts(), **facts)

    def _is_off(self, teller: Teller, why: str) -> None:
        call_off(self.meeting, reason=why, **teller.acts())

    def _excuses(self, teller: Teller, who: str) -> None:
        """ "Jag kan inte": the deputy is expected instead."""
        CallAnswer.say(self.meeting, teller.members[who], CallAnswer.Answer.NO, **teller.acts(teller.members[who]))

    def _is_answered(self, teller: Teller, reply: Record) -> None:
        """A yes, or an answer for a part of it; one that came by phone is noted by the samordnare."""
        member, channel = teller.members[reply["vem"]], reply.choice("hur", CHANNELS)
        by = Actor.of(teller.coordinator if reply.get("hur") else member, channel=channel)
        answer, words = reply.choice("svar", ANSWERS), reply.get("del")
        CallAnswer.say(self.meeting, member, answer, words=words, by=by, at=teller.now)

    def _gets(self, teller: Teller, item: Record) -> None:
        """A topic in words, added by the samordnare; a guest is invited by it."""
        presenter = item.choice("foredrar", teller.members) if item.get("foredrar") else None
        minutes = int(item["minuter"]) if item.get("minuter") else None
        add_item(self.meeting, title=item["rubrik"], presenter=presenter, minutes=minutes, **teller.acts())

    def _is_appended(self, teller: Teller, file: Record) -> None:
        """A file of one page, through the gate as any other."""
        title = file["namn"].removesuffix(".pdf")
        day, blocks = teller.now.date(), (Paragraph(file["text"]),)
        page = Document(title, str(self.meeting), letterhead.sender(), day, made_at=teller.now, blocks=blocks)
        found = AgendaItem.objects.filter(meeting=self.meeting, title=file.get("punkt")).first()
        Appendix.add(self.meeting, clear(pdf(page), file["namn"]), item=found, **teller.acts())

    def _is_held(self, teller: Teller) -> None:
        if only := self.record.get("bara"):
            self._keeps_to(teller.issues[only], teller)
        start_meeting(self.meeting, **teller.acts())
        is_seated(self.meeting, self.record, teller)
        teller.clock.pass_minutes(4)
        spoken: set[int] = set()
        items = AgendaItem.objects.filter(meeting=self.meeting).on_agenda()
        for item in items.select_related("meeting", "heading", "issue", "action"):
            is_discussed(item, self.record, teller, first=item.issue_id not in spoken)
            spoken |= {item.issue_id} if item.issue_id else set()
        following = self.following
        next_starts_at = following.starts_at if following else None
        close_meeting(self.meeting, next_starts_at=next_starts_at, **teller.acts())
        if following:
            following.meeting = Meeting.objects.get(starts_at=following.starts_at)
            ends_at, place = following.starts_at + LENGTH, following.record["plats"]
            following.meeting.change(ends_at=ends_at, place=place, **teller.acts())

    def _keeps_to(self, issue: Issue, teller: Teller) -> None:
        """An extra meeting is called for one issue: all else waits for the next."""
        lines = [
            line
            for heading in agenda(self.meeting, teller.coordinator, today=teller.now.date())
            for line in heading.lines
        ]
        for line in lines:
            if line.issue != issue:
                remove_line(self.meeting, line.key, **teller.acts())


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    """The next in the row is put in the calendar when a meeting closes; an extra one when it is called."""
    following: MeetingStory | None = None
    for record in reversed(data.meetings):
        story = MeetingStory(record, None if record.values.get("extra") else following, calendar)
        following = following if record.values.get("extra") else story
        yield from story.happenings(data)


State, Capacity = OrganisationAtMeeting.State, Presence.Capacity


def is_seated(meeting: Meeting, record: Record, teller: Teller) -> None:
    """Those who were missing and those who left early as the data says, all others as they are expected."""
    absent = record.list("franvarande")
    leaving = {table["organisation"]: int(table["efter"]) for table in record.inside("tar_over")}
    if unknown := next((name for name in [*absent, *leaving] if name not in teller.organisations), None):
        raise record.error(f"”{unknown}” är ingen organisation i gruppen.")
    for row in rows(meeting):
        name = row.organisation.short_name
        if name in absent:
            row.at_meeting.note(state=State.ABSENT, **teller.acts())
        elif name in leaving and row.ordinary and row.deputy:
            first = AttendanceSpan(row.ordinary, Capacity.ORDINARY, last=leaving[name])
            spans = one_after_the_other(first, AttendanceSpan(row.deputy, Capacity.DEPUTY))
            row.at_meeting.note(state=State.REPRESENTED, spans=spans, **teller.acts())
    note_expected(meeting, **teller.acts())
    table = rows(meeting)
    for guest in record.inside("gaster"):
        guest.only("vem", "punkt")
        heading = int(guest["punkt"])
        newcomer = of_member(guest.choice("vem", teller.members), table)
        admit(meeting, newcomer.during(heading, heading), **teller.acts())
    for newcomer in in_words("\n".join(record.list("deltagare")), table):
        admit(meeting, newcomer, **teller.acts())


def is_discussed(item: AgendaItem, record: Record, teller: Teller, *, first: bool) -> None:
    """What is noted of the item, and what is decided the first time that its issue comes up."""
    topic = teller.topics.get(item.issue_id or 0) if first else None
    note = next(topic.notes, "") if topic else _standing_note(item, record)
    if note:
        teller.clock.pass_minutes(4)
        item.write_note(text=note, version=item.note_version, **teller.acts())
    item.mark_discussed(**teller.acts())
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
