"""Who takes over or is back before or after a restricted item is noted so: its number is told, and no title."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import AgendaItem, Meeting
from members.models import Member, Organisation
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of
from tests.meetings.test_attendance_sheet import row_of, send, sheet
from tests.meetings.test_part_of_a_heading import TITLES, heading, meeting, spoke

__all__ = ["meeting"]

pytestmark = pytest.mark.django_db


def restricted_at(meeting: Meeting, place: int, coordinator: Member) -> int:
    """The item with that place under the heading becomes one of a restricted issue, which she is named in."""
    item = item_of(meeting, TITLES[place - 1])
    issue = IssueFactory(restricted=True, title="Hemligt")
    issue.named.add(coordinator)
    AgendaItem.objects.filter(pk=item.pk).update(issue=issue, title="", kind="issue")
    return item.heading.number


def come_to(meeting: Meeting, place: int) -> None:
    """All before that item under the heading is spoken of."""
    number = heading(meeting)
    before = AgendaItem.objects.at(meeting).filter(heading__number__lte=number)
    later = [item.pk for item in meeting.items.filter(heading__number=number).order_by("position")][place - 1 :]
    before.exclude(pk__in=later).update(discussed_at=meeting.started_at)


@pytest.mark.parametrize(("at", "restricted"), [(2, 3), (2, 2), (1, 2)])
def test_what_a_button_offers_before_or_after_a_restricted_item_is_noted_when_it_is_pressed(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, coordinator: Member, at: int, restricted: int
) -> None:
    number = restricted_at(meeting, restricted, coordinator)
    come_to(meeting, at)
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()
    assert f">Gun Prototyp tar över från punkt {number}.{at + 1}</button>" in page

    button = f"{row_of(meeting, technical).pk}.{number}.{at}"
    send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=button)

    assert spoke(meeting)[-1] == f"Gun Prototyp, ersättare, från punkt {number}.{at + 1}"


def test_who_is_back_at_a_restricted_item_is_noted_so_by_the_button(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, coordinator: Member
) -> None:
    anchor = row_of(meeting, technical).anchor
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{anchor}-last": "2", f"{anchor}-then": "deputy"})
    number = restricted_at(meeting, 3, coordinator)
    come_to(meeting, 2)
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()
    assert f">Omar Prov är tillbaka från punkt {number}.3</button>" in page

    button = f"{row_of(meeting, technical).pk}.{number}.2-back"
    send(as_coordinator, meeting, sheet(as_coordinator, meeting), takes_over=button)

    assert spoke(meeting)[-1] == f"Omar Prov, ordinarie, från punkt {number}.3"
