"""The meetings that were held: who was called and came, the planned agenda, and which files and minutes there are."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from base.files.kinds import FileKind
from benchmarks.agendas import Agendas
from benchmarks.typed_in_the_room import TypedInTheRoom
from issues.models import Category, NilReport, Place
from meetings.calling import CALLED
from meetings.minutes.annex_writing import freeze_annex
from meetings.minutes.writing import minutes_content
from meetings.models import (
    AgendaItem,
    Appendix,
    AppendixPart,
    Approval,
    Approver,
    CallAnswer,
    Decision,
    Meeting,
    MeetingSeries,
    Minutes,
    OrganisationAtMeeting,
    Presence,
    Presenter,
    RegistryEntry,
)
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import following, spot
from members.actor import Actor, Channel
from members.models import Group, Member, NoticeCause, Organisation

MONTH = timedelta(days=30)
FIRST_SERIAL = 10_000
"""Of the numbers, above those of the story."""
FILES_AT_A_MEETING = 3
NIL_REPORT_OF_EVERY = 3
YEARS = 20 * 12 * MONTH
WHOLE = AttendanceSpan(None, "").items
LEFT_OF_EVERY = 3
"""Organisations with several there."""
LEFT_AFTER = spot(6, 2)
UNTIL, FROM = (
    AttendanceSpan(None, "", last=LEFT_AFTER).items,
    AttendanceSpan(None, "", first=following(LEFT_AFTER)).items,
)
BESIDE = {"part": Presence.Part.TAKES_PART, "capacity": Presence.Capacity.NONE, "items": WHOLE}
SPOKE = {"part": Presence.Part.SPEAKS, "capacity": Presence.Capacity.ORDINARY}
STAYED = (SPOKE | {"items": WHOLE}, BESIDE, BESIDE)
LEFT_THEN = (SPOKE | {"items": UNTIL}, SPOKE | {"capacity": Presence.Capacity.DEPUTY, "items": FROM}, BESIDE)
LED_IN_PART_OF_EVERY = 4
"""Meetings, from which the chair left before the end."""
EXCUSED_OF_EVERY = 5
"""Organisations, whose ordinary has excused herself and nobody came instead; which, goes round."""
GUESTS = (
    (1, Presence.Capacity.CO_OPTED, {"name": "Vera Påhitt", "title": "projektledare", "home": "Trafikverket"}),
    (4, Presence.Capacity.POLITICIAN, {"name": "Malte Maskot", "title": "ledamot", "home": "tekniska nämnden"}),
    (6, Presence.Capacity.RESIDENT, {"name": "Viola Version", "title": "hyresgäst", "home": "kvarteret Tombolan"}),
)
"""At how few meetings, as what, and who without an account."""
CALLED_BEFORE = timedelta(days=7)
SAID = (("yes", ""), ("yes", ""), ("no", ""), ("partly", "från 14"), None)
"""What is said to a call, one after the other. Some say nothing."""
APPROVERS = 2
"""Of each meeting's minutes, who approve them after:"""
APPROVED_AFTER = timedelta(days=2)
WISHED_OF_EVERY = 5
"""Meetings, of whose minutes the approvers first wanted something put right."""
PRESENTED_OF_EVERY = 10
IN_WORDS_OF_EVERY = 6
"""Items at which something was decided that asks nobody for anything."""
IN_WORDS = (
    (Decision.Kind.INFORM, "", "Gruppen noterar informationen."),
    (Decision.Kind.REFER, "skolnämnden", "Gruppen hänskjuter frågan till skolnämnden."),
    (Decision.Kind.OTHER, "", "Gruppen ber polisen att berätta mer nästa gång."),
)


class HeldMeetings(TypedInTheRoom):
    """The rows of the meetings, of one series, the latest first."""

    def __init__(self, now: datetime) -> None:
        super().__init__()
        self.now = now
        self.meetings: list[Meeting] = []
        self.serial = FIRST_SERIAL
        self.organisations = list(Organisation.objects.active().order_by("pk"))
        self.members = list(Member.objects.filter(is_active=True, organisation__in=self.organisations).order_by("pk"))
        self.coordinator = next(member for member in self.members if member.is_coordinator)
        self.group = list(Member.objects.of_the_group().order_by("pk"))
        self.categories = list(Category.objects.order_by("position"))
        self.places = list(Place.objects.order_by("pk"))
        self.agendas = Agendas()
        clock = {"starts": time(13), "ends": time(15), "place": "Stadshuset", "updated_by": self.coordinator}
        who = {"chair": self.coordinator, "secretary": self.coordinator}
        self.series = self.add(MeetingSeries, now - YEARS, name="Ordinarie möten", **clock, **who)

    def hold_meeting(self, back: int) -> None:
        """A closed meeting, so many months ago, to which all organisations came but for those that were excused."""
        held = self.now - timedelta(days=3) - back * MONTH
        who = {"chair": self.coordinator, "secretary": self.coordinator, "updated_by": self.coordinator}
        when = {"starts_at": held, "started_at": held, "closed_at": held + timedelta(hours=2)}
        state = {"state": Meeting.State.CLOSED, "state_since": when["closed_at"], "state_by": self.coordinator}
        of = {"template": self.agendas.template, "place": self.series.place}
        of |= {"series": self.series, "series_day": timezone.localdate(held)}
        meeting = self.add(Meeting, held, **self.number(held), **who, **when, **state, **of)
        self.meetings.append(meeting)
        self.agendas.begin(self, meeting, held)
        first_of = {member.organisation_id: member for member in reversed(self.members)}
        excused: set[int | None] = set()
        for turn, organisation in enumerate(self.organisations):
            self.say_nothing(held, organisation, turn)
            noted: dict[str, Any] = {"state": OrganisationAtMeeting.State.REPRESENTED}
            if (turn + len(self.meetings)) % EXCUSED_OF_EVERY == 1 and organisation.pk in first_of:
                noted = {"state": OrganisationAtMeeting.State.EXCUSED, "excused_ordinary": first_of[organisation.pk]}
                excused.add(organisation.pk)
            self.add(OrganisationAtMeeting, held, meeting=meeting, organisation=organisation, **noted)
        self.go_round(meeting, held, self.organisations)
        self.recur(meeting, held)
        self.seat(meeting, held, excused)
        self.append_files(meeting, held - CALLED_BEFORE)
        self.call(meeting, held - CALLED_BEFORE)

    def append_files(self, meeting: Meeting, at: datetime) -> None:
        """A few files of the whole meeting, as small as one can tell them apart by."""
        for number in range(1, FILES_AT_A_MEETING + 1):
            content = f"%PDF-1.7 {meeting.number} {number}".encode()
            facts = {"size": len(content), "digest": hashlib.sha256(content).hexdigest(), "kind": FileKind.PDF}
            who = {"added_by": self.coordinator, "updated_by": self.coordinator}
            name = f"Lägesbild {meeting.number}, del {number}.pdf"
            appendix = self.add(Appendix, at, meeting=meeting, name=name, **facts, **who)
            self.add(AppendixPart, at, appendix=appendix, number=1, content=content)

    def call(self, meeting: Meeting, at: datetime) -> None:
        """The group was called, and most have said whether they come."""
        when, facts = {"happened_at": at, "due_at": at, "addressed_at": at}, {"meeting": meeting.pk, "by": None}
        self.add(NoticeCause, at, kind=CALLED, key=f"{meeting.pk}", facts=facts, **when)
        for turn, member in enumerate(self.group):
            if said := SAID[(turn + len(self.meetings)) % len(SAID)]:
                who = {"member": member, "noted_by": member, "updated_by": member}
                self.add(CallAnswer, at, meeting=meeting, answer=said[0], words=said[1], said_at=at, **who)

    def say_nothing(self, held: datetime, organisation: Organisation, turn: int) -> None:
        """Some have nothing to report before a meeting; who, goes round."""
        first_day = timezone.localdate(held - MONTH)
        if organisation.active_from <= first_day and (turn + len(self.meetings)) % NIL_REPORT_OF_EVERY == 0:
            days = {"first_day": first_day, "last_day": timezone.localdate(held)}
            who = {"by": self.coordinator, "capacity": Member.Role.COORDINATOR, "channel": Channel.PHONE}
            self.add(NilReport, held, organisation=organisation, updated_by=self.coordinator, **days, **who)

    def seat(self, meeting: Meeting, at: datetime, excused: Collection[int | None]) -> None:
        """Everybody else came: one speaks for each organisation, the others take part, and guests without an account.

        For some the one who spoke left within a heading, and another spoke from there; at some the chair left.
        """
        is_led_in_part = len(self.meetings) % LED_IN_PART_OF_EVERY == 1
        if is_led_in_part:
            leads = {"part": Presence.Part.OFFICER, "capacity": Presence.Capacity.CHAIR, "items": UNTIL}
            who = {"member": self.coordinator, "updated_by": self.coordinator}
            self.add(Presence, at, meeting=meeting, **leads, **who)
        places: Counter[int | None] = Counter()
        sizes = Counter(member.organisation_id for member in self.members)
        for member in self.members:
            home = member.organisation_id
            if home in excused or (is_led_in_part and member == self.coordinator):
                continue
            is_left = sizes[home] > 1 and home is not None and home % LEFT_OF_EVERY == 0
            said = (LEFT_THEN if is_left else STAYED)[min(places[home], 2)]
            places[home] += 1
            who = {"member": member, "organisation_id": home, "updated_by": self.coordinator}
            self.add(Presence, at, meeting=meeting, **said, **who)
        for of_every, capacity, named in GUESTS:
            if len(self.meetings) % of_every == 1 % of_every:
                guest = {"part": Presence.Part.GUEST, "capacity": capacity, "items": WHOLE, **named}
                self.add(Presence, at, meeting=meeting, updated_by=self.coordinator, **guest)

    def present(self, item: AgendaItem, turn: int, random: Random) -> None:
        """Some items somebody presented; at some something was decided in words, and at few only typed."""
        self.leave_draft(item, turn, random)
        if turn % PRESENTED_OF_EVERY == 0:
            who = {"member": random.choice(self.members), "updated_by": self.coordinator}
            self.add(Presenter, item.created_at, item=item, place=1, **who)
        if turn % IN_WORDS_OF_EVERY == 0:
            kind, to, text = IN_WORDS[turn // IN_WORDS_OF_EVERY % len(IN_WORDS)]
            facts = self.number(item.created_at) | {"decided_by": self.coordinator}
            self.add(Decision, item.created_at, item=item, kind=kind, to=to, text=text, **facts)

    def freeze_minutes(self) -> None:
        """With what each leaves out in its annex. Those of the latest meeting wait to be approved, the others are."""
        by, spoke, restricted = Actor.of(self.coordinator), self._who_spoke(), self._restricted_at()
        Group.current().change(by=by, approves_minutes=True)
        for turn, meeting in enumerate(self.meetings):
            at = meeting.closed_at or meeting.starts_at
            who = {"meeting": meeting, "created_at": at, "updated_by": self.coordinator}
            approvers = [Approver.objects.create(member_id=key, **who) for key in spoke[meeting.pk][:APPROVERS]]
            minutes = Minutes.freeze(meeting, minutes_content(meeting, None), by=by, at=at)
            freeze_annex(minutes, restricted[meeting.pk], by=by, at=at)
            for approver in approvers if turn else []:
                self.approve(minutes, approver, wishes=turn % WISHED_OF_EVERY == 1)
            RegistryEntry.objects.create(minutes=minutes, kind=RegistryEntry.Kind.REGISTERED, by=by.member, at=at)

    def approve(self, minutes: Minutes, approver: Approver, *, wishes: bool) -> None:
        """Two days afterwards; some first want something put right."""
        said = {"minutes": minutes, "approver": approver, "by": approver.member}
        if wishes:
            at, text = minutes.made_at + timedelta(days=1), "Skriv ut vilken dag det var."
            Approval.objects.create(kind=Approval.Kind.WISHED, text=text, at=at, **said)
        Approval.objects.create(kind=Approval.Kind.APPROVED, at=minutes.made_at + APPROVED_AFTER, **said)

    def _who_spoke(self) -> dict[int, list[int]]:
        """By meeting the members who spoke for their organisations, less the one who wrote."""
        spoke: dict[int, list[int]] = defaultdict(list)
        found = Presence.objects.speaking().filter(meeting__in=self.meetings).exclude(member=self.coordinator)
        for meeting, member in found.order_by("pk").values_list("meeting", "member"):
            if member and member not in spoke[meeting]:
                spoke[meeting].append(member)
        return spoke

    def _restricted_at(self) -> dict[int, list[int]]:
        """By meeting the restricted issues that it spoke of."""
        restricted: dict[int, list[int]] = defaultdict(list)
        items = AgendaItem.objects.filter(meeting__in=self.meetings, issue__restricted=True)
        for meeting, issue in items.order_by("pk").values_list("meeting", "issue"):
            if issue:
                restricted[meeting].append(issue)
        return restricted

    # What it is made of

    @staticmethod
    def at_meeting(meeting: Meeting) -> dict[str, Any]:
        return {"day": str(timezone.localdate(meeting.starts_at)), "extra": False, "meeting": meeting.pk}

    def number(self, at: datetime) -> dict[str, int]:
        self.serial += 1
        return {"year": at.year, "serial": self.serial}
