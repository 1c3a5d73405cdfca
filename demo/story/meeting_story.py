"""Meetings, from the gavel to the minutes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from base.documents.pdf import pdf
from base.documents.tree import Document, Paragraph
from base.files.gate import clear
from demo.story import minutes_story
from demo.story.calendar import Calendar
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.nil_reports import CHANNELS
from demo.story.reading import Record
from demo.story.teller import Teller
from demo.story.working_hours import Hours
from meetings import letterhead
from meetings.agenda import presenting
from meetings.agenda.ordering import add_item
from meetings.attendance import note_expected, noted_or_seated, one_after_the_other, rows
from meetings.calling_off import call_off
from meetings.changing_headings import Typed, change_headings
from meetings.closing import close_meeting
from meetings.extra import plan_extra_meeting
from meetings.minutes.files import keep_files
from meetings.models import (
    AgendaItem,
    AgendaTemplate,
    Appendix,
    CallAnswer,
    Heading,
    Meeting,
    MeetingSeries,
    OrganisationAtMeeting,
    Presence,
    RoundNote,
)
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import FIRST, Spot, spot
from meetings.officers import note_officer, officers_to_note
from meetings.participants import admit, in_words, of_member
from meetings.planning import change_meeting
from meetings.recurring import let_recur
from meetings.registering import register_minutes
from meetings.registry import mark_registered
from meetings.short_agenda import SUBJECT_KEY
from meetings.starting import start_meeting
from members.actor import Actor

LENGTH = timedelta(hours=2)
MINUTES = {"action_log": 20, "round": 15, "new_issues": 15, "ongoing_issues": 10, "other": 10}
"""How long a heading may take, by its key; the others five minutes. With the break it is the two hours."""
PURPOSES = {
    "round": Heading.Purpose.INFORMATION,
    "new_issues": Heading.Purpose.DISCUSSION,
    "ongoing_issues": Heading.Purpose.DECISION,
    "consultations": Heading.Purpose.DECISION,
}
ANSWERS = {"ja": CallAnswer.Answer.YES, "delvis": CallAnswer.Answer.PARTLY}


class MeetingStory:
    """A meeting of the data. Those of past weeks are held; the next one stands in the calendar, half prepared."""

    meeting: Meeting

    def __init__(self, record: Record, following: MeetingStory | None, calendar: Calendar) -> None:
        record.only(
            *(
                "vecka",
                "tid",
                "plats",
                "extra",
                "serie",
                "kallas",
                "forhinder",
                "svar",
                "franvarande",
                "tar_over",
                "gaster",
                "sekreterare",
                "avloser",
            ),
            "deltagare",
            *("bara", "punkter", "bilagor", "anteckningar", "laget_runt", "installt", "diariet"),
            *minutes_story.KEYS,
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
            item.only("nar", "rubrik", "foredrar", "minuter", "punkt", "aterkommer")
            yield Happening(self._office(item["nar"]), partial(self._gets, item=item), item)
        for file in self.record.inside("bilagor"):
            file.only("nar", "namn", "punkt", "text")
            yield Happening(self._office(file["nar"]), partial(self._is_appended, file=file), file)
        for off in self.record.inside("installt"):
            off.only("nar", "varfor")
            yield Happening(self._office(off["nar"]), partial(self._is_off, why=off["varfor"]), off)
        if not self.record.get("installt") and self.starts_at + LENGTH < self.calendar.now:
            yield Happening(self.starts_at + timedelta(minutes=2), self._is_held, self.record)
            for words, tell, record in minutes_story.steps(self.record, data):
                yield Happening(self._office(words), partial(self._becomes, tell=tell), record)
            for entry in self.record.inside("diariet"):
                entry.only("nar", "nummer")
                yield Happening(self._office(entry["nar"]), partial(self._is_registered, number=entry["nummer"]), entry)

    # Private

    def _office(self, words: str) -> datetime:
        return Hours.OFFICE.at_work(self.calendar.moment(words), self.calendar.now)

    def _is_called(self, teller: Teller) -> None:
        plan = plan_extra_meeting if self.record.values.get("extra") else Meeting.plan
        facts: dict[str, Any] = {"place": self.record["plats"], "ends_at": self.starts_at + LENGTH}
        self.meeting = plan(starts_at=self.starts_at, **teller.acts(), **facts)

    def _is_off(self, teller: Teller, why: str) -> None:
        call_off(self.meeting, reason=why, **teller.acts())

    def _becomes(self, teller: Teller, tell: minutes_story.Tell) -> None:
        tell(self.meeting, teller)

    def _is_registered(self, teller: Teller, number: str) -> None:
        """The registrar has given the minutes their number, and they are handed in as the version that says it."""
        self.meeting.refresh_from_db()
        registry_no = f"KS {self.meeting.day.year}/{number}"
        minutes = register_minutes(self.meeting, registry_no=registry_no, **teller.acts())
        keep_files(minutes)
        teller.clock.pass_minutes(5)
        mark_registered(minutes, **teller.acts())

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
        """A topic in words, added by the samordnare; a guest is invited by it, and it may come back at each meeting."""
        presenters = presenting.in_words("\n".join(item.list("foredrar")))
        minutes = int(item["minuter"]) if item.get("minuter") else None
        number = int(item["punkt"]) if item.get("punkt") else None
        under = Heading.objects.of(self.meeting).get(number=number).key if number else ""
        facts: dict[str, Any] = {"title": item["rubrik"], "heading": under, "minutes": minutes}
        added = add_item(self.meeting, presenters=presenters, **facts, **teller.acts())
        if item.values.get("aterkommer"):
            let_recur(added, **teller.acts())

    def _is_appended(self, teller: Teller, file: Record) -> None:
        """A file of one page, through the gate as any other."""
        title = file["namn"].removesuffix(".pdf")
        day, blocks = teller.now.date(), (Paragraph(file["text"]),)
        page = Document(title, str(self.meeting), letterhead.sender(), day, made_at=teller.now, blocks=blocks)
        found = AgendaItem.objects.filter(meeting=self.meeting, title=file.get("punkt")).first()
        Appendix.add(self.meeting, clear(pdf(page), file["namn"]), item=found, **teller.acts())

    def _is_held(self, teller: Teller) -> None:
        if only := self.record.get("bara"):
            add_item(self.meeting, issue=teller.issues[only], heading=SUBJECT_KEY, **teller.acts())
        for writes in self.record.inside("sekreterare"):
            secretary = writes.only("vem", "efter").choice("vem", teller.members)
            self.meeting.change(secretary=secretary, **teller.acts())
        start_meeting(self.meeting, **teller.acts())
        is_seated(self.meeting, self.record, teller)
        teller.clock.pass_minutes(4)
        spoken: set[int] = set()
        items = AgendaItem.objects.filter(meeting=self.meeting).on_agenda()
        for item in items.select_related("meeting", "heading", "issue", "action"):
            is_discussed(item, self.record, teller, first=item.issue_id not in spoken)
            spoken |= {item.issue_id} if item.issue_id else set()
        minutes_story.approvers_are_chosen(self.meeting, self.record, teller)
        following = self.following
        next_starts_at = following.starts_at if following else None
        close_meeting(self.meeting, next_starts_at=next_starts_at, **teller.acts())
        if following:
            following.meeting = Meeting.objects.get(starts_at=following.starts_at)
            ends_at, place = following.starts_at + LENGTH, following.record["plats"]
            following.meeting.change(ends_at=ends_at, place=place, **teller.acts())


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    """The next in the row is put in the calendar when a meeting closes; an extra one when it is called."""
    following: MeetingStory | None = None
    for record in reversed(data.meetings):
        story = MeetingStory(record, None if record.values.get("extra") else following, calendar)
        following = following if record.values.get("extra") else story
        yield from story.happenings(data)
        if record.values.get("serie"):
            yield Happening(story.starts_at + LENGTH + timedelta(days=1), series_begins, record)
            yield Happening(story.starts_at + LENGTH + timedelta(days=1, minutes=10), headings_get_times, record)


def series_begins(teller: Teller) -> None:
    """The samordnare makes the rhythm in which the group has met a series; no year is planned from it yet."""
    acts = teller.acts()
    leads = {"chair": acts["by"].member, "secretary": acts["by"].member}
    rhythm = {"nth": 2, "weekday": 2, "pauses": [7], "starts": time(13), "ends": time(15)}
    MeetingSeries.begin(name="Månadsmöten", place="Sammanträdesrummet Utkiken", **rhythm, **leads, **acts)


def headings_get_times(teller: Teller) -> None:
    """The samordnare gives the headings minutes, says what some are for, and puts a break in the middle."""
    template = AgendaTemplate.objects.default()
    typed = [
        Typed(one.key, one.label, one.kind, one.rule, PURPOSES.get(one.key, ""), one.text, MINUTES.get(one.key, 5))
        for one in template.headings.standing()
    ]
    after = next(place for place, one in enumerate(typed, start=1) if one.key == "round")
    typed.insert(after, Typed("", "Paus", Heading.Kind.BREAK, minutes=10))
    change_headings(template, typed, **teller.acts())


State, Capacity = OrganisationAtMeeting.State, Presence.Capacity
GUESTS = {
    "gäst": Capacity.GUEST,
    "adjungerad": Capacity.CO_OPTED,
    "förtroendevald": Capacity.POLITICIAN,
    "invånare": Capacity.RESIDENT,
}
OFFICES_CALLED = {"ordförande": "chair", "sekreterare": "secretary"}


def is_seated(meeting: Meeting, record: Record, teller: Teller) -> None:
    """Those who were missing and those who left early as the data says, all others as they are expected."""
    absent = record.list("franvarande")
    leaving = {table["organisation"]: table for table in record.inside("tar_over")}
    if unknown := next((name for name in [*absent, *leaving] if name not in teller.organisations), None):
        raise record.error(f"”{unknown}” är ingen organisation i gruppen.")
    for row in rows(meeting):
        name = row.organisation.short_name
        if name in absent:
            row.at_meeting.note(state=State.ABSENT, **teller.acts())
        elif name in leaving and row.ordinary and row.deputy:
            table = leaving[name].only("organisation", "efter", "tillbaka")
            first = AttendanceSpan(row.ordinary, Capacity.ORDINARY, last=_spot(meeting, table["efter"]))
            back = _spot(meeting, table["tillbaka"]) if table.get("tillbaka") else None
            spans = one_after_the_other(first, AttendanceSpan(row.deputy, Capacity.DEPUTY), back)
            row.at_meeting.note(state=State.REPRESENTED, spans=spans, **teller.acts())
    note_expected(meeting, **teller.acts())
    seated = rows(meeting)
    for guest in record.inside("gaster"):
        guest.only("vem", "namn", "som", "punkt")
        heading, capacity = int(guest["punkt"]), guest.choice("som", GUESTS, "gäst")
        named = in_words(guest.get("namn"), seated) or [of_member(guest.choice("vem", teller.members), seated)]
        admit(meeting, named[0].during(heading, heading).noted_as(capacity), **teller.acts())
    for newcomer in in_words("\n".join(record.list("deltagare")), seated):
        admit(meeting, newcomer, **teller.acts())
    for writes in record.inside("sekreterare"):
        in_office = officers_to_note(meeting, noted_or_seated(rows(meeting)), [])
        leaves = next(one for one in in_office if one.person == writes["vem"])
        note_officer(leaves, first=FIRST, last=_spot(meeting, writes["efter"]), **teller.acts())
    for leads in record.inside("avloser"):
        leads.only("vem", "som", "fran")
        office: dict[str, Any] = {leads.choice("som", OFFICES_CALLED): leads.choice("vem", teller.members)}
        change_meeting(meeting, since=_spot(meeting, leads["fran"]), **office, **teller.acts())


def _spot(meeting: Meeting, words: str) -> Spot:
    """A heading, 6, or an item under it, 6.2; the heading where not more than that stands there this time."""
    heading, _, place = words.partition(".")
    under = AgendaItem.objects.on_agenda().filter(meeting=meeting, heading__number=int(heading))
    has_more = place and under.exclude(kind=AgendaItem.Kind.HEADING).count() > int(place)
    return spot(int(heading), int(place) if has_more else 0)


def is_discussed(item: AgendaItem, record: Record, teller: Teller, *, first: bool) -> None:
    """What is noted of the item, and what is decided the first time that its issue comes up."""
    topic = teller.topics.get(item.issue_id or 0) if first else None
    note = next(topic.notes, "") if topic else _standing_note(item, record)
    if note:
        teller.clock.pass_minutes(4)
        item.write_note(text=note, version=item.note_version, **teller.acts())
    if RoundNote.is_asked_at(item):
        _goes_round(item, record, teller)
    item.mark_discussed(**teller.acts())
    teller.clock.pass_minutes(1)
    if topic:
        topic.is_decided(item, record["vecka"], teller)


def _goes_round(item: AgendaItem, record: Record, teller: Teller) -> None:
    """What organisations say in the round, each in its own words."""
    for said in record.inside("laget_runt"):
        organisation = said.choice("organisation", teller.organisations)
        teller.clock.pass_minutes(2)
        RoundNote.write(item, organisation, text=said["text"], version=0, **teller.acts())


def _standing_note(item: AgendaItem, record: Record) -> str:
    """What the meeting's own notes say under a heading where nothing of an issue stands."""
    if item.issue_id:
        return ""
    notes = {int(table["punkt"]): table for table in record.inside("anteckningar")}
    table = notes.get(item.heading.number)
    return table["text"] if table else ""
