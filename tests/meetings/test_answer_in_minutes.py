"""An answer that the minutes tell stands: they lie with several authorities."""

from contextlib import nullcontext

import pytest

from base.records import NotAllowed
from base.swedish.words import day_and_month
from issues.models import Action, Assignment, DoneReport, Escalation, Issue, Progress
from meetings.models import AgendaItem
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Group, Member, MinutesName, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.meetings.meetings import item_of, under_way
from tests.meetings.reopening import close


@pytest.fixture
def late(technical: Organisation) -> Action:
    """An action that stands on every agenda until it is answered."""
    return ActionFactory(title="Laga lampan", assignment__organisation=technical, assignment__answer_due=in_days(-3))


def answer(action: Action, by: Member) -> Assignment:
    assignment = Assignment.objects.select_related("action__issue", "organisation").get(action=action)
    assignment.accept(by=Actor.of(by), planned=in_days(20))
    return assignment


def test_an_answer_stands_when_the_meeting_that_had_it_is_closed(
    late: Action, coordinator: Member, representative: Member
) -> None:
    meeting = under_way(coordinator)
    item_of(meeting, "Laga lampan")
    answered = answer(late, representative)
    close(meeting, coordinator)

    told = f"Svaret står i minnesanteckningarna från mötet {day_and_month(today(), today=today())}, så det står fast"
    with pytest.raises(NotAllowed, match=told):
        answered.withdraw_answer(by=Actor.of(representative))

    assert Assignment.objects.get().is_answered


@pytest.mark.parametrize(
    ("kind", "taken_off", "stands"),
    [("accept", False, True), ("accept", True, True), ("ask", False, True), ("ask", True, False)],
)
def test_what_the_minutes_list_or_tell_at_the_point_of_the_issue_stands(
    technical: Organisation, coordinator: Member, representative: Member, kind: str, taken_off: bool, stands: bool
) -> None:
    in_time = ActionFactory(assignment__organisation=technical, assignment__answer_due=in_days(9))
    meeting = under_way(coordinator)
    AgendaItem.objects.filter(issue=in_time.issue).update(removed=taken_off)
    answered = in_time.current
    facts: dict[str, object] = {"planned": in_days(20)} if kind == "accept" else {"text": "Vilken lampa?"}
    getattr(answered, kind)(by=Actor.of(representative), **facts)
    close(meeting, coordinator)

    with pytest.raises(NotAllowed, match="minnesanteckningarna") if stands else nullcontext():
        answered.withdraw_answer(by=Actor.of(representative))

    assert Assignment.objects.get().is_answered == stands


def test_an_answer_after_the_meeting_or_of_a_closing_undone_can_be_withdrawn(
    late: Action, coordinator: Member, representative: Member
) -> None:
    meeting = under_way(coordinator)
    first = answer(late, representative)
    close(meeting, coordinator)
    unclose_meeting(meeting, by=Actor.of(coordinator))

    first.withdraw_answer(by=Actor.of(representative))
    close(meeting, coordinator)
    answer(late, representative).withdraw_answer(by=Actor.of(representative))

    assert not Assignment.objects.get().is_answered


def test_minutes_that_leave_the_action_out_leave_the_answer_as_it_was(
    late: Action, coordinator: Member, representative: Member
) -> None:
    Issue.objects.update(restricted=True)
    meeting = under_way(coordinator)
    answered = answer(late, representative)
    close(meeting, coordinator)

    answered.withdraw_answer(by=Actor.of(representative))

    assert not Assignment.objects.get().is_answered


@pytest.mark.parametrize("restricted", [False, True])
def test_what_was_reported_done_stands_when_a_meeting_has_closed_and_told_it(
    technical: Organisation, coordinator: Member, representative: Member, restricted: bool
) -> None:
    by, action = Actor.of(representative), ActionFactory(assignment__organisation=technical)
    meeting = under_way(coordinator)
    action.current.accept(by=by, planned=in_days(20))
    Action.objects.get().finish(note="Lagad.", by=by)
    Issue.objects.update(restricted=restricted)
    close(meeting, coordinator)

    day = day_and_month(today(), today=today())
    told = f"Det går inte att ångra: beskedet står i minnesanteckningarna från mötet {day}"
    with nullcontext() if restricted else pytest.raises(NotAllowed, match=told):
        DoneReport.withdraw(Action.objects.select_related("issue").get(), by=by)

    assert Action.objects.get().state == ("accepted" if restricted else "done")


def test_the_minutes_are_named_as_they_were_frozen(
    technical: Organisation, coordinator: Member, representative: Member
) -> None:
    by, action = Actor.of(representative), ActionFactory(assignment__organisation=technical)
    meeting = under_way(coordinator)
    action.current.accept(by=by, planned=in_days(20))
    Action.objects.get().finish(note="Lagad.", by=by)
    close(meeting, coordinator)
    Group.current().change(by=Actor.of(coordinator), minutes_name=MinutesName.PROTOCOL)

    with pytest.raises(NotAllowed, match="står i minnesanteckningarna från mötet"):
        DoneReport.withdraw(Action.objects.select_related("issue").get(), by=by)


@pytest.mark.parametrize(("on_the_agenda", "stands"), [(True, True), (False, False)])
def test_how_far_it_is_stands_where_the_minutes_tell_it(
    technical: Organisation, coordinator: Member, representative: Member, on_the_agenda: bool, stands: bool
) -> None:
    promised = ActionFactory(
        state="accepted",
        assignment__organisation=technical,
        assignment__answer="accepted",
        assignment__planned=in_days(9),
    )
    meeting = under_way(coordinator)
    AgendaItem.objects.filter(issue=promised.issue).update(removed=not on_the_agenda)
    note = Progress.tell(promised.current, text="4 av 6 lampor", by=Actor.of(representative))
    close(meeting, coordinator)

    with pytest.raises(NotAllowed, match="Läget står i minnesanteckningarna från mötet") if stands else nullcontext():
        note.withdraw(by=Actor.of(representative))

    assert (Progress.objects.get().withdrawn_at is None) == stands


@pytest.mark.parametrize("is_decided", [False, True])
@pytest.mark.parametrize(("on_the_agenda", "stands"), [(True, True), (False, False)])
def test_an_escalation_stands_as_it_was_written_last_where_the_minutes_tell_it(
    late: Action, coordinator: Member, is_decided: bool, on_the_agenda: bool, stands: bool
) -> None:
    meeting, by = under_way(coordinator), Actor.of(coordinator)
    AgendaItem.objects.filter(issue=late.issue).update(removed=not on_the_agenda)
    Escalation.escalate(late, to="kommunledningsgruppen", rung=1, by=by)
    if is_decided:
        Escalation.write_ruling(Action.objects.get(), decision="Görs i vår.", by=by)
    close(meeting, coordinator)

    with pytest.raises(NotAllowed, match="Det står i minnesanteckningarna från mötet") if stands else nullcontext():
        Escalation.objects.get().withdraw_latest(by=by)

    lifted = Escalation.objects.get()
    assert (lifted.ruling is not None if is_decided else lifted.withdrawn_at is None) == stands
