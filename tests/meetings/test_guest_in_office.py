"""A guest who takes over as chair: a guest for the part before that, and for no other."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.models import Meeting, Presence
from meetings.planning import change_meeting
from members.models import Member
from tests.acting import a_coordinator
from tests.factories import MemberFactory
from tests.meetings.meetings import under_way, undo, words
from tests.meetings.test_attendance_sheet import noted, send, sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member) -> Meeting:
    return under_way(coordinator)


@pytest.fixture
def per(as_coordinator: Client, meeting: Meeting) -> Presence:
    """A guest until he takes over at point 5."""
    member = MemberFactory(name="Per Gästsson", is_coordinator=True)
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {"fler-member": str(member.pk)})
    change_meeting(Meeting.objects.get(pk=meeting.pk), by=a_coordinator(), chair=member, since=5)
    return Presence.objects.guests().get()


def test_he_is_no_guest_where_he_is_chair(as_coordinator: Client, meeting: Meeting, per: Presence) -> None:
    filled = sheet(as_coordinator, meeting)

    page = words(send(as_coordinator, meeting, filled | {f"{per.anchor}-last": "9"}))

    assert "Per Gästsson är mötets ordförande från punkt 5 och står redan i anteckningarna." in page
    per.refresh_from_db()
    assert per.last == 4


def test_to_take_him_off_can_be_undone(as_coordinator: Client, meeting: Meeting, per: Presence) -> None:
    page = send(as_coordinator, meeting, sheet(as_coordinator, meeting), strike=str(per.pk))
    assert not Presence.objects.guests().exists()

    undo(as_coordinator, page)

    assert [(one.person, one.last) for one in Presence.objects.guests()] == [("Per Gästsson", 4)]


def test_a_sheet_from_before_guests_had_kinds_is_saved(as_coordinator: Client, meeting: Meeting) -> None:
    older = {name: value for name, value in sheet(as_coordinator, meeting).items() if not name.endswith("-guest")}
    who = next(name for name in older if name.endswith("-who"))

    send(as_coordinator, meeting, older | {who: "absent"})

    assert "absent" in str(noted(meeting))


def test_two_who_relieve_at_once_pass_by_nobody(meeting: Meeting, coordinator: Member) -> None:
    bo, eva = (MemberFactory(name=name, is_coordinator=True) for name in ("Bo Byte", "Eva Exempel"))
    first, second = Meeting.objects.get(pk=meeting.pk), Meeting.objects.get(pk=meeting.pk)
    assert second.chair == coordinator  # read before the other has saved
    change_meeting(first, by=a_coordinator(), chair=bo, since=4)

    change_meeting(second, by=a_coordinator(), chair=eva, since=6)

    relieved = Presence.objects.relieved().order_by("items")
    assert [(one.person, one.first, one.last) for one in relieved] == [(str(coordinator), 1, 3), ("Bo Byte", 4, 5)]
