"""The closing of a meeting can be taken back for ten minutes: all that it wrote, or nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from issues.models import Action, Issue, Named, Observation
from meetings.agenda_ordering import add_item
from meetings.carrying import plan_meeting
from meetings.closing import close_meeting
from meetings.deciding import decide, propose_action, withdraw
from meetings.models import AgendaItem, Decision, Meeting, Minutes, OrganisationAtMeeting
from meetings.reopening import NOT_CLOSED, unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.models import Member, Organisation
from temagrupp.records import MoveNotAllowed
from tests.at_once import at_once
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.meetings.meetings import item_of


def issue(title: str) -> Issue:
    return Issue.objects.get(title=title)


def told(title: str) -> list[str]:
    """The lines of the issue's timeline, oldest first."""
    return [event.text for event in issue(title).events.order_by("at", "pk")]


def close(meeting: Meeting, by: Member, **facts: object) -> Minutes:
    for row in meeting.organisations.filter(state=OrganisationAtMeeting.State.UNNOTED):
        row.note(state=OrganisationAtMeeting.State.ABSENT)
    return close_meeting(meeting, by=by, **facts)


@pytest.fixture
def meeting(coordinator: Member, technical: Organisation) -> Meeting:
    """Under way: asks for a lamp, closes a railing, lets a park rest, and did not reach a walk in words."""
    for title in ("Lampan", "Räcket"):
        IssueFactory(title=title, state=Issue.State.NEW, opened_by=coordinator)
    IssueFactory(title="Parken", state=Issue.State.OPEN, opened_by=coordinator)
    meeting = Meeting.plan(starts_at=timezone.now(), by=coordinator)
    start_meeting(meeting, by=coordinator)
    add_item(meeting, by=coordinator, title="Nattvandring")
    propose_action(item_of(meeting, "Lampan"), by=coordinator, title="Laga lampan", organisation=technical)
    ending = {"kind": "close", "outcome": "solved", "feedback": "Räcket är lagat."}
    decide(item_of(meeting, "Räcket"), by=coordinator, text="Ärendet avslutas.", **ending)
    decide(item_of(meeting, "Parken"), by=coordinator, kind="hold", text="Vi väntar till våren.")
    for title in ("Lampan", "Räcket", "Parken"):
        item_of(meeting, title).speak_of()
    return meeting


@pytest.fixture
def closed(meeting: Meeting, coordinator: Member) -> Meeting:
    close(meeting, coordinator, next_starts_at=meeting.starts_at + timedelta(weeks=4))
    return meeting


def test_everything_that_closing_wrote_is_taken_back(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=coordinator)

    closed.refresh_from_db()
    assert (closed.state, closed.closed_at) == (Meeting.State.UNDER_WAY, None)
    assert [issue(title).state for title in ("Lampan", "Räcket", "Parken")] == ["new", "new", "open"]
    assert (issue("Räcket").outcome, issue("Räcket").feedback, issue("Räcket").closed_at) == ("", "", None)
    action = Action.objects.get()
    assert (action.state, action.current.asked_at, action.current.asked_by) == (Action.State.DRAFT, None, None)


def test_what_was_asked_is_no_longer_known_to_the_organisation(
    closed: Meeting, coordinator: Member, representative: Member
) -> None:
    assert Action.objects.visible_to(representative).count() == 1

    unclose_meeting(closed, by=coordinator)

    assert Action.objects.visible_to(representative).count() == 0


def test_the_next_meeting_stays_and_what_it_took_over_goes_back(closed: Meeting, coordinator: Member) -> None:
    following = closed.following()
    assert [item.title for item in AgendaItem.objects.at(following)] == ["Nattvandring"]

    unclose_meeting(closed, by=coordinator)

    assert closed.following() == following
    assert not AgendaItem.objects.at(following).exists()


def test_a_meeting_that_has_minutes_is_not_made_to_have_never_begun(coordinator: Member) -> None:
    meeting = Meeting.plan(starts_at=timezone.now(), by=coordinator)
    start_meeting(meeting, by=coordinator)
    close(meeting, coordinator)
    unclose_meeting(meeting, by=coordinator)

    with pytest.raises(MoveNotAllowed, match="Starten kan inte ångras"):
        unstart_meeting(meeting, by=coordinator)


def test_each_issue_is_told_in_one_line(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=coordinator)

    last = [told(title)[-1].partition(" av ")[::2] for title in ("Lampan", "Räcket", "Parken")]
    assert {about for about, _ in last} == {"Avslutet"}
    assert {rest.partition(" ångrades")[2] for _, rest in last} == {"; beslutet gäller inte än."}


def test_a_meeting_that_closes_again_keeps_its_numbers_and_takes_effect(closed: Meeting, coordinator: Member) -> None:
    numbers = list(Decision.objects.in_order().values_list("serial", flat=True))
    unclose_meeting(closed, by=coordinator)
    decide(item_of(closed, "Lampan"), by=coordinator, text="Vi ses på plats.")

    minutes = close(closed, coordinator)

    assert numbers == [1, 2, 3]
    assert sorted(Decision.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
    assert Decision.objects.get(text="Vi ses på plats.").serial == 4
    assert minutes.version == 2
    assert issue("Räcket").feedback == "Räcket är lagat."
    assert [line.partition(" ")[0] for line in told("Räcket")] == [
        *("Uppe", "Beslut", "Ärendet", "Avslutet", "Uppe", "Beslut", "Ärendet")
    ]
    assert [item.title for item in AgendaItem.objects.at(closed.following())] == ["Nattvandring"]


def test_a_meeting_may_be_closed_and_undone_several_times(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=coordinator)
    close(closed, coordinator)

    unclose_meeting(closed, by=coordinator)

    assert [issue(title).state for title in ("Lampan", "Räcket", "Parken")] == ["new", "new", "open"]
    assert Meeting.objects.coming().count() == 2


def test_the_minutes_that_were_frozen_stay_as_they_are(closed: Meeting, coordinator: Member) -> None:
    frozen = Minutes.objects.values().get()

    unclose_meeting(closed, by=coordinator)
    close(closed, coordinator)

    assert Minutes.objects.values().get(version=1) == frozen


def test_a_decision_that_is_struck_after_all_leaves_its_number_unused(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=coordinator)

    withdraw(Decision.objects.get(text="Ärendet avslutas."), by=coordinator)
    decide(item_of(closed, "Räcket"), by=coordinator, text="Vi tittar igen.")
    close(closed, coordinator)

    assert Decision.objects.get(text="Vi tittar igen.").serial == 4
    assert f"Beslut {closed.year}-2 ströks: Ärendet avslutas." in told("Räcket")


def test_an_issue_that_was_closed_before_the_meeting_stays_closed(coordinator: Member) -> None:
    IssueFactory(title="Klart").close(by=coordinator, outcome="solved", feedback="Det är gjort.")
    meeting = Meeting.plan(starts_at=timezone.now(), by=coordinator)
    start_meeting(meeting, by=coordinator)
    item_of(meeting, "Klart").speak_of()
    close(meeting, coordinator)

    unclose_meeting(meeting, by=coordinator)

    assert (issue("Klart").state, issue("Klart").feedback) == (Issue.State.CLOSED, "Det är gjort.")
    assert told("Klart")[-1].endswith(" ångrades.")


def test_what_was_not_spoken_of_is_told_nothing(closed: Meeting, coordinator: Member) -> None:
    IssueFactory(title="Utanför", opened_by=coordinator)

    unclose_meeting(closed, by=coordinator)

    assert told("Utanför") == []


# What stands in the way


def is_refused(meeting: Meeting, by: Member, why: str) -> None:
    before = list(Issue.objects.order_by("pk").values_list("state", "feedback"))
    with pytest.raises(MoveNotAllowed, match=why):
        unclose_meeting(meeting, by=by)
    meeting.refresh_from_db()
    assert meeting.is_closed
    assert list(Issue.objects.order_by("pk").values_list("state", "feedback")) == before


def test_after_ten_minutes_it_is_too_late(closed: Meeting, coordinator: Member) -> None:
    Meeting.objects.filter(pk=closed.pk).update(closed_at=timezone.now() - timedelta(minutes=10, seconds=1))

    is_refused(closed, coordinator, r"Avslutet kunde ångras fram till \d\d\.\d\d\.")


def test_an_answer_stands_in_the_way(
    closed: Meeting, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    Action.objects.get().current.accept(by=representative, planned=timezone.localdate())

    is_refused(closed, coordinator, r"i ärendet ”Lampan” \(Omar Prov, i dag .*\)\. Ja till ”Laga lampan”")


def test_an_answer_to_something_else_does_not(closed: Meeting, coordinator: Member, representative: Member) -> None:
    earlier = ActionFactory(issue=issue("Lampan"), assignment__organisation=representative.organisation)
    earlier.current.accept(by=representative, planned=timezone.localdate())

    unclose_meeting(closed, by=coordinator)

    assert closed.is_under_way


def test_an_observation_does_not(closed: Meeting, coordinator: Member) -> None:
    ObservationFactory(state=Observation.State.NEW).attach(issue("Lampan"), by=coordinator)

    unclose_meeting(closed, by=coordinator)

    assert closed.is_under_way


def test_an_issue_that_was_opened_again_stands_in_the_way(closed: Meeting, coordinator: Member) -> None:
    issue("Räcket").reopen(reason="Det är trasigt igen.", by=coordinator)

    is_refused(closed, coordinator, "i ärendet ”Räcket”.*Ärendet öppnat igen: Det är trasigt igen")


def test_an_action_that_builds_on_the_decision_stands_in_the_way(
    closed: Meeting, coordinator: Member, technical: Organisation
) -> None:
    Action.draft(issue=issue("Lampan"), organisation=technical, by=coordinator, title="Mer").propose(by=coordinator)

    is_refused(closed, coordinator, "Åtgärd föreslagen för Tekniska förvaltningen: Mer")


def test_the_next_meeting_stands_in_the_way_once_it_has_begun(closed: Meeting, coordinator: Member) -> None:
    start_meeting(closed.following(), by=coordinator)

    is_refused(closed, coordinator, "Avslutet kan inte ångras, för mötet .* har börjat sedan dess")


def test_so_does_one_that_was_held_before_and_is_written_down_now(closed: Meeting, coordinator: Member) -> None:
    held = timezone.now() - timedelta(days=3)
    start_meeting(plan_meeting(starts_at=held, by=coordinator, is_extra=True), by=coordinator, began_at=held)

    is_refused(closed, coordinator, "Avslutet kan inte ångras, för extra mötet .* har börjat sedan dess")


def test_a_meeting_that_was_under_way_already_does_not(meeting: Meeting, coordinator: Member) -> None:
    start_meeting(plan_meeting(starts_at=timezone.now(), by=coordinator, is_extra=True), by=coordinator)
    close(meeting, coordinator)

    unclose_meeting(meeting, by=coordinator)

    assert meeting.is_under_way


def test_a_meeting_that_has_closed_since_stands_in_the_way(meeting: Meeting, coordinator: Member) -> None:
    extra = plan_meeting(starts_at=timezone.now(), by=coordinator, is_extra=True)
    start_meeting(extra, by=coordinator)
    close(meeting, coordinator)
    close(extra, coordinator)

    is_refused(meeting, coordinator, "för extra mötet .* har avslutats sedan dess")


def test_what_happened_in_a_hidden_issue_is_not_told(
    meeting: Meeting, coordinator: Member, representative: Member
) -> None:
    IssueFactory(title="Hemligt", restricted=True, opened_by=representative)
    Named.objects.create(issue=issue("Hemligt"), member=representative)
    add_item(meeting, by=representative, issue=issue("Hemligt")).speak_of()
    close(meeting, coordinator)
    issue("Hemligt").hold(reason="Hemlig vila", by=representative)

    is_refused(meeting, coordinator, r"har redan hänt i ett ärende med begränsad spridning\.'\]$")


def test_a_hidden_issue_goes_back_with_the_rest(meeting: Meeting, coordinator: Member, representative: Member) -> None:
    IssueFactory(title="Hemligt", restricted=True, state=Issue.State.NEW, opened_by=representative)
    Named.objects.create(issue=issue("Hemligt"), member=representative)
    add_item(meeting, by=representative, issue=issue("Hemligt")).speak_of()
    close(meeting, coordinator)

    unclose_meeting(meeting, by=coordinator)

    assert issue("Hemligt").state == Issue.State.NEW


def test_a_meeting_that_is_not_closed_has_nothing_to_take_back(meeting: Meeting, coordinator: Member) -> None:
    with pytest.raises(MoveNotAllowed, match=NOT_CLOSED):
        unclose_meeting(meeting, by=coordinator)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_back_at_once_one_does(closed: Meeting, coordinator: Member, representative: Member) -> None:
    theirs = [(Meeting.objects.get(pk=closed.pk), member) for member in (coordinator, representative)]

    outcomes = at_once(*(lambda meeting=meeting, by=by: unclose_meeting(meeting, by=by) for meeting, by in theirs))

    assert [outcome.message for outcome in outcomes if isinstance(outcome, MoveNotAllowed)] == [NOT_CLOSED]
    assert sum(" ångrades" in line for line in told("Lampan")) == 1


@pytest.mark.django_db(transaction=True)
def test_an_answer_in_the_same_instant_either_stands_or_comes_too_late(
    closed: Meeting, coordinator: Member, representative: Member
) -> None:
    current = Action.objects.get().current

    outcomes = at_once(
        lambda: unclose_meeting(closed, by=coordinator),
        lambda: current.accept(by=representative, planned=timezone.localdate()),
    )

    assert sum(isinstance(outcome, MoveNotAllowed) for outcome in outcomes) == 1
    answered = Action.objects.get().state == Action.State.ACCEPTED
    assert Meeting.objects.get(pk=closed.pk).is_closed == answered
