"""What may happen to a thing while a form about it lies open in a tab, each by the verbs of those who do it.

By the kind of thing, and its name there. What cannot come about, for the thing is in no state for it, is refused by a
verb: then there is nothing to ask of the form.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError

from issues.models import Action, Assignment, DateChange, Issue, Observation
from meetings.agenda.ordering import present_line, remove_line, restore_line
from meetings.attendance import strike_guest
from meetings.closing import close_meeting
from meetings.models import AgendaItem, Excuse, Meeting, OrganisationAtMeeting, Presence
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Group, Logotype, Member, Organisation, Seat
from tests.days import in_days, today
from tests.factories import MemberFactory
from tests.home.posts import ENDING
from tests.home.test_statements import World
from tests.pictures import picture

Happening = Callable[[World, Any], None]
CannotBe = ValidationError("")


def then(*steps: Happening) -> Happening:
    """One after the other. The thing is read anew before each."""

    def happen(world: World, thing: Any) -> None:
        for step in steps:
            thing.refresh_from_db()
            step(world, thing)

    return happen


# Meetings


def start(world: World, meeting: Meeting) -> None:
    start_meeting(meeting, by=world.by)


def unstart(world: World, meeting: Meeting) -> None:
    unstart_meeting(meeting, by=world.by)


def close(world: World, meeting: Meeting) -> None:
    for row in meeting.organisations.filter(state=OrganisationAtMeeting.State.UNNOTED):
        row.note(by=world.by, state=OrganisationAtMeeting.State.ABSENT)
    close_meeting(meeting, by=world.by)


def unclose(world: World, meeting: Meeting) -> None:
    unclose_meeting(meeting, by=world.by)


def move(world: World, meeting: Meeting) -> None:
    meeting.change(by=world.by, place="Annan sal", starts_at=meeting.starts_at + timedelta(days=1))


MEETING: dict[str, Happening] = {
    "under way": start,
    "planned again": unstart,
    "started and planned again": then(start, unstart),
    "started anew": then(unstart, start),
    "started and closed": then(start, close),
    "closed": close,
    "going on after its closing": unclose,
    "closed and going on": then(close, unclose),
    "closed anew": then(unclose, close),
    "moved": move,
}


def in_its_meeting(happening: Happening) -> Happening:
    def happen(world: World, thing: Any) -> None:
        happening(world, thing.meeting)

    return happen


def take_away(world: World, item: AgendaItem) -> None:
    item.save(update_fields=item.set({"removed": True}, by=world.by))


def write(world: World, item: AgendaItem) -> None:
    item.write_note(text="En annans ord.", version=item.note_version, by=world.by)


def discuss(world: World, item: AgendaItem) -> None:
    item.mark_discussed(by=world.by)


IN_MEETING = {name: in_its_meeting(happening) for name, happening in MEETING.items()}
ITEM: dict[str, Happening] = {**IN_MEETING, "taken off": take_away, "written on": write, "discussed": discuss}


def note_absent(world: World, row: OrganisationAtMeeting) -> None:
    row.note(by=world.by, state=OrganisationAtMeeting.State.ABSENT)


def strike(world: World, presence: Presence) -> None:
    strike_guest(presence, by=world.by)


ROW: dict[str, Happening] = {**IN_MEETING, "noted": note_absent}
GUEST: dict[str, Happening] = {**IN_MEETING, "struck": strike}


# Observations, issues, actions


def attach(world: World, observation: Observation) -> None:
    observation.attach(world.issue, by=world.by)


def note(world: World, observation: Observation) -> None:
    observation.note(by=world.by)


def reject(world: World, observation: Observation) -> None:
    observation.reject(reason="Inte vårt.", by=world.by)


def put_back(world: World, observation: Observation) -> None:
    observation.put_back(by=world.by)


def correct(world: World, observation: Observation) -> None:
    observation.correct(text="Ännu ljusare", by=world.by)


def close_its_issue(world: World, thing: Observation | Action) -> None:
    if not thing.issue:
        raise CannotBe
    close_issue(world, thing.issue)


OBSERVATION: dict[str, Happening] = {
    "in an issue": attach,
    "in an issue that has closed": then(attach, close_its_issue),
    "its issue closed": close_its_issue,
    "noted": note,
    "rejected": reject,
    "put back": put_back,
    "sorted and put back": then(note, put_back),
    "put back and sorted": then(put_back, note),
    "corrected": correct,
}


def pause(world: World, issue: Issue) -> None:
    issue.pause(reason="Till hösten.", by=world.by)


def resume(world: World, issue: Issue) -> None:
    issue.resume(by=world.by)


def close_issue(world: World, issue: Issue) -> None:
    issue.close(by=world.by, **ENDING, despite="Resten görs ändå.")


def reopen(world: World, issue: Issue) -> None:
    issue.reopen(reason="Mörkt igen.", by=world.by)


def change(world: World, issue: Issue) -> None:
    issue.change(title="Mörkt i södra tunneln", by=world.by)


ISSUE: dict[str, Happening] = {
    "paused": pause,
    "resumed": resume,
    "paused and resumed": then(pause, resume),
    "paused anew": then(resume, pause),
    "closed": close_issue,
    "reopened": reopen,
    "closed and reopened": then(close_issue, reopen),
    "closed anew": then(reopen, close_issue),
    "changed": change,
}


def answering(happening: Callable[[World, Assignment, Actor], Any]) -> Happening:
    """By somebody of the organisation that the action sits with."""

    def happen(world: World, action: Action) -> None:
        action.__dict__.pop("current", None)
        happening(world, action.current, Actor.of(world.representative))

    return happen


def taking_back(world: World, action: Action) -> None:
    action.assignments.latest("pk").withdraw_answer(by=Actor.of(world.representative))


yes = answering(lambda world, current, by: current.accept(by=by, planned=in_days(9)))
no = answering(
    lambda world, current, by: current.decline(by=by, reason="budget", text="Inte i år.", next_step="Fråga i mars.")
)
ask_back = answering(lambda world, current, by: current.ask(by=by, text="Vilka lampor?"))
pass_on = answering(lambda world, current, by: current.pass_on(by=by, to=world.housing, text="Den är deras."))
pass_to_nobody = answering(lambda world, current, by: current.pass_on(by=by, to=None, text="Vet inte."))
begin = answering(lambda world, current, by: current.action.start(by=by))
finish = answering(lambda world, current, by: current.action.finish(note="Sex bytta.", by=by))
move_day = answering(
    lambda world, current, by: DateChange.make(
        current, old=current.planned or today(), new=in_days(90), reason="Frost.", by=by
    )
)


def propose(world: World, action: Action) -> None:
    action.propose(by=world.by)


def hand_over(world: World, action: Action) -> None:
    action.hand_over(to=world.housing, message="Kan ni?", by=world.by)


def cancel(world: World, action: Action) -> None:
    action.cancel(reason="Fel.", by=world.by)


ACTION: dict[str, Happening] = {
    "proposed": propose,
    "accepted": yes,
    "accepted and taken back": then(yes, taking_back),
    "its answer taken back": taking_back,
    "answered anew": then(taking_back, no),
    "declined": no,
    "asked back": ask_back,
    "passed on": pass_on,
    "passed on to nobody": pass_to_nobody,
    "passed on and taken back": then(pass_on, taking_back),
    "handed over": hand_over,
    "started": begin,
    "done": finish,
    "moved": move_day,
    "cancelled": cancel,
    "its issue closed": close_its_issue,
}


def of_its_action(happening: Happening) -> Happening:
    def happen(world: World, assignment: Assignment) -> None:
        happening(world, Action.objects.get(pk=assignment.action_id))

    return happen


ASSIGNMENT = {name: of_its_action(happening) for name, happening in ACTION.items()}


# The group


def end(world: World, seat: Seat) -> None:
    seat.end(last_day=in_days(-1), by=world.by)


def end_later(world: World, seat: Seat) -> None:
    seat.end(last_day=in_days(5), by=world.by)


def withdraw(world: World, seat: Seat) -> None:
    seat.withdraw(by=world.by)


def give_to_another(world: World, seat: Seat) -> None:
    new, since = MemberFactory(), in_days(2)
    Seat.appoint(organisation=seat.organisation, role=seat.role, member=new, since=since, by=world.by)


def leave(world: World, organisation: Organisation) -> None:
    organisation.change(by=world.by, active_to=in_days(-1))


def rename(world: World, organisation: Organisation) -> None:
    organisation.change(by=world.by, area="Parker")


def its_organisation_leaves(world: World, seat: Seat) -> None:
    leave(world, seat.organisation)


SEAT: dict[str, Happening] = {
    "ended": end,
    "ending": end_later,
    "withdrawn": withdraw,
    "another's": give_to_another,
    "its organisation out of the group": its_organisation_leaves,
}
ORGANISATION: dict[str, Happening] = {"out of the group": leave, "changed": rename}


def shut(world: World, member: Member) -> None:
    member.change(by=world.by, is_active=False)


def make_reader(world: World, member: Member) -> None:
    member.change(by=world.by, is_reader=True)


MEMBER: dict[str, Happening] = {"shut out": shut, "made a reader": make_reader}


def change_group(world: World, group: Group) -> None:
    group.change(by=world.by, name="Trygghet Annanstans")


def put_logotype(world: World, group: Group) -> None:
    Logotype.put(picture(size=(30, 20)), by=world.by)


def remove_logotype(world: World, group: Group) -> None:
    Logotype.remove(by=world.by)


GROUP: dict[str, Happening] = {
    "changed": change_group,
    "with another logotype": put_logotype,
    "without logotype": remove_logotype,
}


# Agenda: what happens to the line that the representative presents, or to the one that has been taken off.


def take_line_off(world: World, meeting: Meeting) -> None:
    remove_line(meeting, presented(world, meeting).key, by=world.by)


def put_line_back(world: World, meeting: Meeting) -> None:
    restore_line(meeting, taken_off(meeting).key, by=world.by)


def take_line_off_again(world: World, meeting: Meeting) -> None:
    remove_line(meeting, meeting.items.latest("updated_at").key, by=world.by)


def give_line_a_presenter(world: World, meeting: Meeting) -> None:
    present_line(meeting, presented(world, meeting).key, presenter=world.member, minutes=5, by=world.by)


def presented(world: World, meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.filter(meeting=meeting, presenter=world.representative)[0]


def taken_off(meeting: Meeting) -> AgendaItem:
    return AgendaItem.objects.filter(meeting=meeting, removed=True).latest("updated_at")


LINE: dict[str, Happening] = {
    **MEETING,
    "taken off": take_line_off,
    "taken off and put back": then(take_line_off, put_line_back),
    "presented by another": give_line_a_presenter,
}
LINE_TAKEN_OFF: dict[str, Happening] = {
    **MEETING,
    "put back": put_line_back,
    "put back and taken off anew": then(put_line_back, take_line_off_again),
}


def excuse(world: World, meeting: Meeting) -> None:
    Excuse.note(meeting, world.representative, by=world.by)


def come(world: World, meeting: Meeting) -> None:
    Excuse.withdraw(meeting, world.representative, by=world.by)


def give_her_place_away(world: World, meeting: Meeting) -> None:
    Seat.objects.get(member=world.representative).end(last_day=today(), by=world.by)


EXCUSE: dict[str, Happening] = {
    **MEETING,
    "excused": excuse,
    "coming": come,
    "without a place that day": give_her_place_away,
}
