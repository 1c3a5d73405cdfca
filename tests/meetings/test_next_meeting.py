"""The day that is proposed for the next meeting."""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings.rhythm import next_day
from members.models import Member
from tests.factories import MeetingFactory
from tests.meetings.meetings import words


@pytest.mark.parametrize(
    ("held", "proposed", "why"),
    [
        ([date(2026, 10, 28)], date(2026, 11, 25), "onsdag 25 november, fjärde onsdagen i månaden"),
        ([date(2026, 9, 30)], date(2026, 10, 28), "onsdag 28 oktober, sista onsdagen i månaden"),
        ([date(2026, 8, 26), date(2026, 7, 29)], date(2026, 9, 30), "onsdag 30 september, sista onsdagen i månaden"),
        ([date(2026, 9, 4), date(2026, 8, 25), date(2026, 7, 28)], date(2026, 9, 22), "tisdag 22 september, fjärde"),
        ([date(2026, 11, 26)], date(2026, 12, 17), "eftersom fjärde torsdagen i månaden är julafton"),
        ([date(2025, 12, 30)], date(2026, 1, 27), "tisdag 27 januari 2026, sista tisdagen i månaden"),
        ([date(2026, 11, 30)], date(2026, 12, 21), "eftersom sista måndagen i månaden är en mellandag"),
        ([date(2026, 4, 3)], date(2026, 5, 8), "eftersom första fredagen i månaden är första maj"),
        ([date(2026, 10, 31)], date(2026, 12, 7), "måndag 7 december, första måndagen i månaden"),
        ([date(2026, 10, 28), date(2026, 10, 14), date(2026, 9, 30)], date(2026, 11, 11), "11 november, den vanliga"),
        ([date(2026, 12, 10), date(2026, 12, 3), date(2026, 11, 26)], date(2026, 12, 17), "17 december, den vanliga"),
        ([date(2026, 12, 17), date(2026, 12, 10), date(2026, 12, 3)], date(2027, 1, 7), "vanliga dagen är julafton"),
    ],
)
def test_it_keeps_the_weekday_and_its_week_of_the_month_and_is_never_free(
    held: list[date], proposed: date, why: str
) -> None:
    proposal = next_day(held, today=held[0])

    assert proposal.day == proposed
    assert why in proposal.why


def test_what_was_held_long_ago_proposes_no_day_that_has_been() -> None:
    assert next_day([date(2026, 9, 2)], today=date(2026, 10, 28)).day == date(2026, 11, 4)


def test_no_day_of_a_hundred_years_is_proposed_when_nobody_meets() -> None:
    day = date(2026, 1, 14)

    for _ in range(1200):
        proposed = next_day([day], today=day).day
        assert (proposed.weekday(), timedelta(0) < proposed - day < timedelta(days=50)) == (day.weekday(), True)
        day = proposed


def test_who_plans_a_meeting_is_proposed_the_usual_day_time_and_place(as_coordinator: Client) -> None:
    for month, hour, extra in ((9, 13, False), (10, 13, False), (11, 8, True)):
        starts = timezone.make_aware(datetime(2098, month, 23 if month == 9 else 28, hour, 15))
        place = "Länken" if extra else "Sessionssalen"
        MeetingFactory(starts_at=starts, ends_at=starts + timedelta(hours=2), place=place, is_extra=extra)

    page = as_coordinator.get(reverse("meetings:create"))

    form = page.context["form"]
    shown = [form[name].value() for name in ("day", "starts", "ends", "place")]
    assert shown == [date(2098, 11, 25), time(13, 15), time(15, 15), "Sessionssalen"]
    assert "Förslag: tisdag 25 november 2098, fjärde tisdagen i månaden." in words(page)


def test_the_first_meeting_of_a_group_is_proposed_no_day(as_coordinator: Client, coordinator: Member) -> None:
    form = as_coordinator.get(reverse("meetings:create")).context["form"]

    assert [form[name].value() for name in ("day", "starts", "chair")] == [None, None, coordinator.pk]
