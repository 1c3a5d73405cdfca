"""Who stands on several rows works at the organisation that one of them names, in whatever order they stand."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from base.swedish.words import day_and_month, days_whole
from members.models import Member, Organisation
from tests.days import today
from tests.factories import MemberFactory
from tests.members.importing import imported, plan_of

pytestmark = pytest.mark.django_db

READS = "|||Kim Skiss||kim@exempel.se||läsare|"
SITS = "Hamnbolaget AB|||Kim Skiss||kim@exempel.se||ordinarie|2026-01-15"
DAY = days_whole(day_and_month(date(2026, 1, 15), today=today()))
SEAT = f"Ny plats: ordinarie från och med {DAY}."


def words(client: Client, *rows: str) -> list[list[str]]:
    return [row.words for row in plan_of(client, *rows).rows]


def test_a_new_member_works_at_the_new_organisation_of_a_row_below(as_coordinator: Client) -> None:
    assert words(as_coordinator, READS, SITS) == [
        [
            "Ny organisation: Hamnbolaget AB (bolag).",
            "Ny medlem: kim@exempel.se, läsare, arbetar på Hamnbolaget AB.",
        ],
        [SEAT],
    ]
    imported(as_coordinator, READS, SITS)

    kim = Member.objects.get(email="kim@exempel.se")
    assert (str(kim.organisation), kim.is_reader) == ("Hamnbolaget AB", True)
    assert Organisation.objects.get(name="Hamnbolaget AB").active_from == date(2026, 1, 15)
    assert words(as_coordinator, READS, SITS) == [[], []]


def test_a_member_without_organisation_works_at_the_new_one_of_a_row_below(as_coordinator: Client) -> None:
    kim = MemberFactory(name="Kim Skiss", email="kim@exempel.se", organisation=None)

    assert words(as_coordinator, READS, SITS)[0] == [
        "Ny organisation: Hamnbolaget AB (bolag).",
        "Ändrad medlem. Blir läsare. Arbetar på Hamnbolaget AB.",
    ]
    imported(as_coordinator, READS, SITS)

    kim.refresh_from_db()
    assert (str(kim.organisation), kim.is_reader) == ("Hamnbolaget AB", True)
    assert words(as_coordinator, READS, SITS) == [[], []]


def test_a_member_who_works_somewhere_stays_there(as_coordinator: Client, technical: Organisation) -> None:
    kim = MemberFactory(name="Kim Skiss", email="kim@exempel.se", organisation=technical)

    assert words(as_coordinator, READS, SITS) == [
        ["Ändrad medlem. Blir läsare."],
        [
            "Ny organisation: Hamnbolaget AB (bolag).",
            SEAT,
        ],
    ]
    imported(as_coordinator, READS, SITS)

    kim.refresh_from_db()
    assert kim.organisation == technical
