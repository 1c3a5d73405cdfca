"""The closing of a meeting can be taken back for ten minutes: all that it wrote, or nothing."""

from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Action, Issue
from meetings.deciding import decide, withdraw
from meetings.models import AgendaItem, Decision, ItemDraft, Meeting, Minutes
from meetings.reopening import unclose_meeting
from meetings.starting import start_meeting, unstart_meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.at_once import at_once, waits_for_a_row
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of
from tests.meetings.reopening import close, issue, told
from tests.the import the


def test_everything_that_closing_wrote_is_taken_back(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))

    closed.refresh_from_db()
    assert (closed.state, closed.closed_at) == (Meeting.State.UNDER_WAY, None)
    assert [issue(title).state for title in ("Lampan", "Räcket", "Parken")] == ["new", "new", "open"]
    assert (issue("Räcket").outcome_name, issue("Räcket").feedback, issue("Räcket").closed_at) == ("", "", None)
    action = Action.objects.get()
    assert (action.state, action.current.asked_at, action.current.asked_by) == (Action.State.DRAFT, None, None)


def test_what_was_asked_is_no_longer_known_to_the_organisation(
    closed: Meeting, coordinator: Member, representative: Member
) -> None:
    assert Action.objects.visible_to(representative).count() == 1

    unclose_meeting(closed, by=Actor.of(coordinator))

    assert Action.objects.visible_to(representative).count() == 0


def test_the_next_meeting_stays_and_what_it_took_over_goes_back(closed: Meeting, coordinator: Member) -> None:
    following = the(closed.following())
    assert [item.title for item in AgendaItem.objects.at(following)] == ["Nattvandring"]

    unclose_meeting(closed, by=Actor.of(coordinator))

    assert closed.following() == following
    assert not AgendaItem.objects.at(following).exists()


def test_what_is_typed_at_what_the_next_took_over_stands_and_hinders_no_undo(
    closed: Meeting, coordinator: Member
) -> None:
    following, by = the(closed.following()), Actor.of(coordinator)
    start_meeting(following, by=by)
    walk = item_of(following, "Nattvandring")
    unstart_meeting(following, by=by)
    walk.refresh_from_db()
    ItemDraft.objects.create(item=walk, part="decision", text="Vi går", written_by=coordinator)  # by one who reads more

    unclose_meeting(closed, by=by)
    assert [item.title for item in AgendaItem.objects.at(following)] == ["Nattvandring"]

    close(Meeting.objects.get(pk=closed.pk), coordinator)
    assert [item.title for item in AgendaItem.objects.at(following)] == ["Nattvandring"]  # not twice


def test_a_meeting_that_has_minutes_is_not_made_to_have_never_begun(coordinator: Member) -> None:
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))
    close(meeting, coordinator)
    unclose_meeting(meeting, by=Actor.of(coordinator))

    with pytest.raises(NotAllowed, match="Starten kan inte ångras"):
        unstart_meeting(meeting, by=Actor.of(coordinator))


def test_each_issue_is_told_in_one_line(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))

    last = [told(title)[-1].partition(" av ")[::2] for title in ("Lampan", "Räcket", "Parken")]
    assert {about for about, _ in last} == {"Avslutet"}
    assert {rest.partition(" ångrades")[2] for _, rest in last} == {"; beslutet gäller inte än."}


def test_a_meeting_that_closes_again_keeps_its_numbers_and_takes_effect(closed: Meeting, coordinator: Member) -> None:
    numbers = list(Decision.objects.in_order().values_list("serial", flat=True))
    unclose_meeting(closed, by=Actor.of(coordinator))
    decide(item_of(closed, "Lampan"), by=Actor.of(coordinator), text="Vi ses på plats.")

    minutes = close(closed, coordinator)

    assert numbers == [1, 2, 3]
    assert [*Decision.objects.order_by("serial").values_list("serial", flat=True)] == [1, 2, 3, 4]
    assert Decision.objects.get(text="Vi ses på plats.").serial == 4
    assert minutes.version == 2
    assert issue("Räcket").feedback == "Räcket är lagat."
    assert [line.partition(" ")[0] for line in told("Räcket")] == [
        *("Behandlat", "Beslut", "Ärendet", "Avslutet", "Behandlat", "Beslut", "Ärendet")
    ]
    assert [item.title for item in AgendaItem.objects.at(the(closed.following()))] == ["Nattvandring"]


def test_a_meeting_may_be_closed_and_undone_several_times(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))
    close(closed, coordinator)

    unclose_meeting(closed, by=Actor.of(coordinator))

    assert [issue(title).state for title in ("Lampan", "Räcket", "Parken")] == ["new", "new", "open"]
    assert Meeting.objects.coming().count() == 2


def test_the_minutes_that_were_frozen_stay_as_they_are(closed: Meeting, coordinator: Member) -> None:
    frozen = Minutes.objects.values().get()

    unclose_meeting(closed, by=Actor.of(coordinator))
    close(closed, coordinator)

    assert Minutes.objects.values().get(version=1) == frozen


def test_a_decision_that_is_struck_after_all_leaves_its_number_unused(closed: Meeting, coordinator: Member) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))

    withdraw(Decision.objects.get(kind="close"), by=Actor.of(coordinator))
    decide(item_of(closed, "Räcket"), by=Actor.of(coordinator), text="Vi tittar igen.")
    close(closed, coordinator)

    assert Decision.objects.get(text="Vi tittar igen.").serial == 4
    assert f"Beslut {closed.year}-2 ströks: Gruppen avslutar ärendet: åtgärdat." in told("Räcket")


@pytest.mark.django_db(transaction=True)
def test_who_strikes_a_decision_waits_for_its_action_before_she_holds_its_issue(
    closed: Meeting, coordinator: Member
) -> None:
    unclose_meeting(closed, by=Actor.of(coordinator))
    action, held = Action.objects.get(), Event()

    def hold_the_action_and_then_the_issue() -> None:
        with transaction.atomic():
            action.lock()
            held.set()
            waits_for_a_row()
            Issue.objects.select_for_update(nowait=True).get(pk=action.issue.pk)

    def strike() -> None:
        held.wait(10)
        withdraw(Decision.objects.get(actions=action), by=Actor.of(coordinator))

    at_once(hold_the_action_and_then_the_issue, strike)

    action.refresh_from_db()
    assert action.state == Action.State.CANCELLED


def test_an_issue_that_was_closed_before_the_meeting_stays_closed(coordinator: Member) -> None:
    IssueFactory(title="Klart").close(by=Actor.of(coordinator), outcome="solved", feedback="Det är gjort.")
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(coordinator))
    start_meeting(meeting, by=Actor.of(coordinator))
    item_of(meeting, "Klart").mark_discussed(by=a_coordinator())
    close(meeting, coordinator)

    unclose_meeting(meeting, by=Actor.of(coordinator))

    assert (issue("Klart").state, issue("Klart").feedback) == (Issue.State.CLOSED, "Det är gjort.")
    assert told("Klart")[-1].endswith(" ångrades.")


def test_what_was_not_spoken_of_is_told_nothing(closed: Meeting, coordinator: Member) -> None:
    IssueFactory(title="Utanför", opened_by=coordinator)

    unclose_meeting(closed, by=Actor.of(coordinator))

    assert told("Utanför") == []
