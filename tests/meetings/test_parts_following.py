"""Who comes at an item, or leaves after one, does so still when the agenda is ordered anew, or one is asked to look."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Issue
from issues.striking import restore, strike
from meetings.agenda.ordering import add_item, move_line
from meetings.agenda.parts_following import look_over_words
from meetings.attendance import note_expected
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.models.spot import spot
from meetings.officers import note_officer, officers
from meetings.participants import change_part
from meetings.planning import change_meeting
from meetings.starting import start_meeting
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import IssueFactory, MemberFactory
from tests.meetings.meetings import item_of, move_url, planned, undo, words
from tests.meetings.test_attendance_sheet import row_of, send, sheet
from tests.meetings.test_part_of_a_heading import leave_after, spoke
from tests.pages import Response

pytestmark = pytest.mark.django_db

LIGHTS, TUNNEL, SCHOOL = "Belysning", "Gångtunneln", "Skolvägen"


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member) -> Meeting:
    """Under way, with three points under one heading."""
    meeting = planned(coordinator)
    for title in (LIGHTS, TUNNEL, SCHOOL):
        add_item(meeting, title=title, by=a_coordinator())
    start_meeting(meeting, by=a_coordinator())
    note_expected(meeting, by=a_coordinator())
    return meeting


def number(meeting: Meeting) -> int:
    return item_of(meeting, TUNNEL).heading.number


def come_at(client: Client, meeting: Meeting, organisation: Organisation, where: str) -> None:
    send(client, meeting, sheet(client, meeting) | {f"{row_of(meeting, organisation).anchor}-first": where})


def guest_at(meeting: Meeting, place: int, last: int | None = None, name: str = "Anna Exempel") -> Presence:
    span = AttendanceSpan(None, "co_opted", name=name)
    guest = Presence.seat(meeting, span, organisation=None, by=a_coordinator())
    under = number(meeting)
    change_part(guest, first=spot(under, place), last=last and spot(under, last), by=a_coordinator())
    return guest


ANNA = look_over_words(["Anna Exempel"])


def drag(client: Client, meeting: Meeting, title: str, after: str) -> Response:
    place = item_of(meeting, after).key if after else item_of(meeting, title).heading.key
    return client.post(move_url(meeting, item_of(meeting, title).key), {"after": place}, follow=True)


def discuss(meeting: Meeting, *titles: str) -> None:
    for title in titles:
        item_of(meeting, title).mark_discussed(by=a_coordinator())


def test_who_came_at_an_item_came_at_it_still_when_the_one_that_was_skipped_is_put_last(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    come_at(as_coordinator, meeting, technical, f"{number(meeting)}.2")
    discuss(meeting, TUNNEL, SCHOOL)

    told = drag(as_coordinator, meeting, LIGHTS, after=SCHOOL)

    assert spoke(meeting) == [f"Omar Prov, ordinarie, från punkt {number(meeting)}"]
    assert "Se efter i närvaron" not in words(told)


def test_where_her_item_is_put_off_she_comes_at_it_then_and_one_is_asked_to_look(
    as_coordinator: Client, meeting: Meeting
) -> None:
    guest = guest_at(meeting, 2)

    told = drag(as_coordinator, meeting, TUNNEL, after=SCHOOL)

    guest.refresh_from_db()
    assert guest.span == f", från punkt {number(meeting)}.3"
    assert ANNA in words(told)


def test_what_is_put_in_before_her_item_she_did_not_come_at(meeting: Meeting) -> None:
    guest = guest_at(meeting, 3)
    discuss(meeting, TUNNEL)

    move_line(meeting, item_of(meeting, LIGHTS).key, after=item_of(meeting, TUNNEL).key, by=a_coordinator())
    added = add_item(meeting, title="Bommen", by=a_coordinator())
    move_line(meeting, added.key, after=item_of(meeting, LIGHTS).key, by=a_coordinator())

    guest.refresh_from_db()
    assert guest.span == f", från punkt {number(meeting)}.4"


def test_where_one_takes_over_at_items_that_have_changed_places_the_numbers_stand_and_one_is_asked_to_look(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    under = number(meeting)
    leave_after(as_coordinator, meeting, technical, f"{under}.1")
    stood = spoke(meeting)
    discuss(meeting, TUNNEL, SCHOOL)

    told = drag(as_coordinator, meeting, LIGHTS, after=SCHOOL)

    assert f"är flyttad till punkt {under}.3.{look_over_words(['Omar Prov', 'Gun Prototyp'])}" in words(told)
    assert spoke(meeting) == stood


def test_who_left_after_an_item_is_not_told_to_have_heard_what_was_discussed_without_her(
    as_coordinator: Client, meeting: Meeting
) -> None:
    guest = guest_at(meeting, 1, last=1)
    discuss(meeting, TUNNEL)

    told = drag(as_coordinator, meeting, LIGHTS, after=TUNNEL)

    assert ANNA in words(told)
    guest.refresh_from_db()
    assert guest.span == f", punkt {number(meeting)}.1"


def test_what_is_discussed_before_she_came_is_not_among_what_she_heard(
    as_coordinator: Client, meeting: Meeting
) -> None:
    guest = guest_at(meeting, 2)
    discuss(meeting, LIGHTS)

    told = drag(as_coordinator, meeting, LIGHTS, after=SCHOOL)

    assert ANNA in words(told)
    guest.refresh_from_db()
    assert guest.span == f", från punkt {number(meeting)}.2"


def test_who_came_at_the_last_item_that_is_removed_is_for_somebody_to_look_over(
    as_coordinator: Client, meeting: Meeting
) -> None:
    guest = guest_at(meeting, 3)
    line = {"line": item_of(meeting, SCHOOL).key}

    told = as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), line, follow=True)

    assert f"är borttagen från dagordningen.{ANNA}" in words(told)
    undo(as_coordinator, told)
    guest.refresh_from_db()
    assert guest.span == f", från punkt {number(meeting)}.3"


def test_the_only_item_that_she_heard_is_put_back_for_somebody_to_look_over(
    as_coordinator: Client, meeting: Meeting
) -> None:
    guest = guest_at(meeting, 1, last=1)
    line = {"line": item_of(meeting, LIGHTS).key}
    told = as_coordinator.post(reverse("meetings:agenda_remove", args=[meeting.pk]), line, follow=True)

    back = undo(as_coordinator, told)

    guest.refresh_from_db()
    assert guest.span != f", punkt {number(meeting)}.1"
    assert f"står på dagordningen igen.{ANNA}" in words(back)


def test_one_for_whom_the_items_have_changed_places_hinders_no_other_from_following(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    under, guest = number(meeting), guest_at(meeting, 2)
    leave_after(as_coordinator, meeting, technical, f"{under}.1")
    stood = spoke(meeting)

    drag(as_coordinator, meeting, LIGHTS, after=SCHOOL)

    guest.refresh_from_db()
    assert (guest.span, spoke(meeting)) == (f", från punkt {under}", stood)


def test_one_who_would_leave_before_she_came_hinders_no_other_from_following(
    as_coordinator: Client, meeting: Meeting
) -> None:
    """She came at the second and left after the third, and the second is put last."""
    crossed, other = guest_at(meeting, 2, last=3), guest_at(meeting, 2, name="Bo Påhitt")

    told = drag(as_coordinator, meeting, TUNNEL, after=SCHOOL)

    for guest in (crossed, other):
        guest.refresh_from_db()
    under = number(meeting)
    assert crossed.span == f", från punkt {under}.2 till och med punkt {under}.3"
    assert other.span == f", från punkt {under}.3"
    assert look_over_words(["Anna Exempel", "Bo Påhitt"]) in words(told)


def test_when_an_issue_is_struck_and_restored_those_who_left_after_another_still_do(
    as_coordinator: Client, coordinator: Member, representative: Member, deputy: Member, technical: Organisation
) -> None:
    for title in ("Ett", "Två", "Tre"):
        IssueFactory(title=title, state=Issue.State.NEW)
    meeting = planned(coordinator)
    start_meeting(meeting, by=a_coordinator())
    note_expected(meeting, by=a_coordinator())
    under = item_of(meeting, "Två").heading.number
    order = [item.title for item in AgendaItem.objects.at(meeting).on_agenda().filter(issue__isnull=False)]
    struck = Issue.objects.get(title=order[0])
    discuss(meeting, order[1])
    leave_after(as_coordinator, meeting, technical, f"{under}.2")
    stood = spoke(meeting)

    strike(struck, reason="Upplagt i fel register.", by=a_coordinator())

    assert spoke(meeting) == [
        f"Omar Prov, ordinarie, till och med punkt {under}.1",
        f"Gun Prototyp, ersättare, från punkt {under}.2",
    ]
    restore(struck, by=a_coordinator())
    assert spoke(meeting) == stood


def test_a_chair_and_who_took_over_from_her_follow_together(meeting: Meeting) -> None:
    under = number(meeting)
    bo = MemberFactory(name="Bo Byte", is_coordinator=True)
    for title in ("Bommen", "Cykelbanan"):
        add_item(meeting, title=title, by=a_coordinator())
    change_meeting(meeting, by=a_coordinator(), chair=bo, since=spot(under, 3))
    takes_over = next(one for one in officers(meeting, Presence.objects.at(meeting)) if one.capacity == "chair")
    note_officer(takes_over, first=spot(under, 3), last=spot(under, 4), by=a_coordinator())

    move_line(
        meeting, item_of(meeting, "Cykelbanan").key, after=item_of(meeting, LIGHTS).heading.key, by=a_coordinator()
    )

    parts = [one.items for one in Presence.objects.filter(capacity="chair").order_by("items")]
    assert parts[0].upper == parts[1].lower
