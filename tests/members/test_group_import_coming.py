"""Places that somebody has from a coming day, in the sheet of the group."""

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from base.swedish.words import day_and_month, days_whole
from members.models import Member, Organisation, Seat
from tests.days import in_days, today
from tests.factories import SeatFactory
from tests.members.importing import imported
from tests.members.test_group_import import of, told, wrong

pytestmark = pytest.mark.django_db


def test_a_place_that_another_has_from_a_coming_day_is_given_until_then(
    as_coordinator: Client, officer: Member, technical: Organisation
) -> None:
    coming = SeatFactory(
        member=officer, role=Seat.Role.DEPUTY, period=DateRange(in_days(30), None), organisation=technical
    )
    [row] = of("Tekniska förvaltningen|Kim Skiss|kim@exempel.se|ersättare")
    days = [day_and_month(day, today=today()) for day in (today(), in_days(29))]

    place = told(as_coordinator, row)[0][1][1]
    imported(as_coordinator, row)

    assert place == days_whole(f"Ny plats: ersättare från och med {days[0]} till och med {days[1]}.")
    seat = Seat.objects.get(member__name="Kim Skiss")
    coming.refresh_from_db()
    assert (seat.first_day, seat.last_day) == (today(), in_days(29))
    assert (coming.first_day, coming.last_day) == (in_days(30), None)


def test_who_has_the_other_place_from_a_coming_day_is_told_to_remove_it_first(
    as_coordinator: Client, officer: Member, technical: Organisation
) -> None:
    SeatFactory(member=officer, role=Seat.Role.DEPUTY, period=DateRange(in_days(30), None), organisation=technical)
    [row] = of(f"Tekniska förvaltningen|Ali Ritning|{officer.email}|ordinarie")

    begins = day_and_month(in_days(30), today=today())
    assert wrong(as_coordinator, row) == [(2, [f"Ali Ritning är ersättare från {begins}. Ta bort den platsen först."])]
