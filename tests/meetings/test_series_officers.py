"""Who leads and writes at the meeting that a closing plans: those who did so when it closed, not who closed it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from base.swedish.clock import moment_of
from meetings.models import Meeting
from meetings.rhythm import proposed_day
from members.models import Member
from tests.days import in_days
from tests.factories import MemberFactory
from tests.meetings.meetings import under_way
from tests.meetings.reopening import close
from tests.meetings.series import a_series
from tests.meetings.test_relieved import change
from tests.the import the

pytestmark = pytest.mark.django_db


def held(chair: Member, **facts: object) -> Meeting:
    return under_way(chair, serial=99, **facts)


def closed_by(member: Member, meeting: Meeting) -> tuple[Member, Member]:
    """The chair and the secretary of the meeting that comes after it."""
    proposed = proposed_day([], today=in_days(0))
    starts_at = moment_of(proposed.day, the(proposed.series).starts) if proposed else meeting.starts_at
    close(meeting, member, next_starts_at=starts_at if proposed else starts_at + timedelta(weeks=4))
    following = the(meeting.following())
    assert (following.series is None) == (proposed is None)
    return following.chair, following.secretary


@pytest.mark.parametrize("in_a_series", [True, False])
def test_it_has_the_chair_and_the_secretary_of_the_one_that_closed(
    coordinator: Member, bo: Member, siv: Member, in_a_series: bool
) -> None:
    if in_a_series:
        a_series(coordinator)

    assert closed_by(coordinator, held(bo, secretary=siv)) == (bo, siv)


def test_of_those_who_led_it_has_the_last(as_coordinator: Client, coordinator: Member, bo: Member, siv: Member) -> None:
    a_series(coordinator)
    meeting = held(coordinator, secretary=siv)
    change(as_coordinator, meeting, chair=bo.pk, since="4")

    assert closed_by(coordinator, Meeting.objects.get()) == (bo, siv)


@pytest.mark.parametrize("in_a_series", [True, False])
def test_who_has_left_the_group_leads_no_more_of_them(
    coordinator: Member, bo: Member, siv: Member, in_a_series: bool
) -> None:
    """Instead whom the series names, else who closed."""
    if in_a_series:
        a_series(siv)

    chair, secretary = closed_by(coordinator, held(MemberFactory(name="Gun Prototyp"), secretary=bo))

    assert (chair, secretary) == (siv if in_a_series else coordinator, bo)


def test_after_an_extra_one_it_has_those_of_the_series(coordinator: Member, bo: Member, siv: Member) -> None:
    a_series(siv)

    assert closed_by(coordinator, held(bo, secretary=bo, is_extra=True)) == (siv, siv)
