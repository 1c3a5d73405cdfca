"""A calendar month without a meeting is said on the samordnare's start page, in time to plan one."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.calling_off import call_off
from meetings.models import Meeting
from meetings.months import months_without, without_meeting
from members.actor import Actor
from members.models import Member
from tests.factories import MeetingFactory
from tests.meetings.meetings import words
from tests.meetings.series import a_series

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


@pytest.mark.parametrize(
    ("today", "meetings", "pauses", "without"),
    [
        (date(2026, 11, 5), [], [], [NOVEMBER, DECEMBER]),
        (date(2026, 11, 5), [date(2026, 11, 4)], [], [DECEMBER]),
        (date(2026, 11, 5), [date(2026, 11, 11), date(2026, 12, 9)], [], []),
        (date(2026, 11, 17), [date(2026, 11, 11), date(2026, 12, 9)], [], [JANUARY]),
        (date(2026, 11, 25), [date(2026, 12, 9), date(2027, 1, 13)], [], []),
        (date(2026, 11, 25), [date(2025, 12, 9)], [1], [DECEMBER]),
        (date(2026, 12, 20), [date(2026, 12, 2)], [], [JANUARY, date(2027, 2, 1)]),
    ],
)
def test_a_month_is_told_in_time_unless_the_group_pauses_in_it(
    today: date, meetings: list[date], pauses: list[int], without: list[date]
) -> None:
    assert months_without(meetings, pauses=pauses, today=today) == without


def test_it_is_said_in_words() -> None:
    assert without_meeting([]) == ""
    assert without_meeting([DECEMBER, JANUARY]) == (
        "Inget möte är planerat i december och i januari. Gruppen ska träffas minst en gång i månaden."
    )


@pytest.mark.django_db
def test_the_start_page_leads_to_the_series_also_when_the_meeting_was_called_off(
    as_coordinator: Client, coordinator: Member
) -> None:
    today = timezone.localdate()
    before = timezone.now() - timedelta(days=70)
    MeetingFactory(state=Meeting.State.CLOSED, starts_at=before, started_at=before, closed_at=before)
    plan = reverse("meetings:series_plan", args=[a_series(coordinator, pauses=[]).pk])
    lacking = months_without([], pauses=[], today=today)
    assert without_meeting(lacking) in words(as_coordinator.get("/"))

    days = [timezone.now().replace(year=month.year, month=month.month, day=28) for month in lacking]
    meetings = [MeetingFactory(starts_at=day) for day in days]
    assert "minst en gång i månaden" not in words(as_coordinator.get("/"))
    call_off(meetings[-1], by=Actor.of(coordinator))
    page = as_coordinator.get("/")

    assert without_meeting(lacking[-1:]) in words(page)
    assert plan in page.content.decode()
