"""Tells of a meeting from the gavel to the minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from issues.models import Action
from meetings.agenda_ordering import add_item
from meetings.closing import close_meeting
from meetings.deciding import decide, propose_action
from meetings.models import AgendaItem, Decision, Excuse, Meeting, OrganisationAtMeeting, Presence, Section
from meetings.models.attendance import Stay
from members.models import Organisation, Roster
from temagrupp.demo_story.teller import Teller

State = OrganisationAtMeeting.State
LENGTH = timedelta(hours=2)


def plan(teller: Teller, when: str, starts: str, place: str) -> Meeting:
    teller.clock.move_to(when)
    begins = teller.clock.moment(starts)
    return Meeting.plan(starts_at=begins, ends_at=begins + LENGTH, by=teller.coordinator, place=place)


def cannot_come(teller: Teller, when: str, who: str) -> None:
    """ "Jag kan inte": the deputy is expected at the next meeting instead."""
    teller.clock.move_to(when)
    member = teller.members[who]
    Excuse.say(Meeting.objects.coming().earliest("starts_at"), member, by=member)


def invite_guest(teller: Teller, when: str, guest: str, title: str) -> None:
    """The guest gets an item of her own at the next meeting."""
    teller.clock.move_to(when)
    meeting = Meeting.objects.coming().earliest("starts_at")
    add_item(meeting, by=teller.coordinator, section=Section.OTHER, title=title, presenter=teller.members[guest])


class MeetingTeller:
    """The next meeting in the calendar, under way from the moment it is told of."""

    def __init__(
        self,
        teller: Teller,
        when: str,
        *,
        deputies: Iterable[str] = (),
        excused: Iterable[str] = (),
        absent: Iterable[str] = (),
    ) -> None:
        teller.clock.move_to(when)
        self.teller, self.by = teller, teller.coordinator
        self.meeting = Meeting.objects.coming().earliest("starts_at")
        self.meeting.start(by=self.by)
        states = dict.fromkeys(excused, State.EXCUSED) | dict.fromkeys(absent, State.ABSENT)
        for row in self.meeting.organisations.select_related("organisation"):
            name = row.organisation.short_name
            if name in states:
                row.note(state=states[name])
            else:
                row.note(state=State.REPRESENTED, stays=[_stay(row.organisation, by_deputy=name in deputies)])

    def notes(self, section: Section, note: str) -> None:
        """What was said under a heading that has nothing of its own under it."""
        self._speak_of(AgendaItem.objects.get(meeting=self.meeting, section=section), note)

    def speaks_of(self, key: str, note: str) -> None:
        """What was said of an issue, or of an action in the log."""
        self._speak_of(self._item(key), note)

    def proposes(self, key: str, issue: str, organisation: str, title: str, **facts: Any) -> None:
        """The meeting decides to ask an organisation; the question goes when the meeting closes."""
        asked = self.teller.organisations[organisation]
        decision = propose_action(self._item(issue), by=self.by, title=title, organisation=asked)
        if decision.action and facts:
            Action.objects.filter(pk=decision.action.pk).update(**facts)
        self.teller.actions[key] = Action.objects.get(decision=decision)

    def decides(self, issue: str, kind: Decision.Kind, text: str, **facts: str) -> None:
        decide(self._item(issue), by=self.by, kind=kind, text=text, **facts)

    def closes(self, next_starts: str) -> None:
        self.teller.clock.pass_minutes(10)
        begins = self.teller.clock.moment(next_starts)
        close_meeting(self.meeting, by=self.by, next_starts_at=begins)
        Meeting.objects.get(starts_at=begins).change(ends_at=begins + LENGTH)
        for issue in self.teller.issues.values():
            issue.refresh_from_db()

    # Private

    def _item(self, key: str) -> AgendaItem:
        """Where the agenda has the action, or the issue, or the first of the issue's actions."""
        items = AgendaItem.objects.filter(meeting=self.meeting).order_by("section", "position")
        if key in self.teller.actions:
            return items.get(action=self.teller.actions[key])
        return items.filter(issue=self.teller.issues[key])[:1].get()

    def _speak_of(self, item: AgendaItem, note: str) -> None:
        self.teller.clock.pass_minutes(6)
        item.write_note(text=note, version=item.note_version, by=self.by)
        item.speak_of()


def _stay(organisation: Organisation, *, by_deputy: bool) -> Stay:
    roster = Roster.of(organisation)
    seat = roster.deputy if by_deputy else roster.ordinary
    if seat is None:
        raise ValueError(f"Nobody sits for {organisation}.")
    return Stay(seat.member, Presence.Capacity.DEPUTY if by_deputy else Presence.Capacity.ORDINARY)
