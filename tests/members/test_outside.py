"""An organisation outside the group: it can be asked and answers, and has no places."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from issues.counting import Scope
from issues.coverage import Coverage
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.days import in_days, today
from tests.factories import ActionFactory, MeetingFactory, MemberFactory, OrganisationFactory
from tests.members.importing import imported, plan_of
from tests.pages import text_of
from tests.the import the

pytestmark = pytest.mark.django_db

TYPED = {"name": "Vägverket", "kind": "other", "active_from": "2026-01-01", "mailbox": "vagen@exempel.se"}


@pytest.fixture
def roads() -> Organisation:
    return OrganisationFactory(name="Vägverket", kind="other", in_group=False)


def test_the_samordnare_enters_it_and_reads_that_it_can_be_asked(as_coordinator: Client) -> None:
    response = as_coordinator.post("/gruppen/organisationer/ny/", TYPED)

    page = text_of(as_coordinator, response["Location"])
    assert "Vägverket är inlagd och kan få frågor. Den är utanför gruppen." in page
    assert "<strong>Utanför gruppen.</strong> Kan få frågor och svara, men har inga platser." in page


def test_its_page_offers_no_places_and_asks_for_no_reports(as_coordinator: Client, roads: Organisation) -> None:
    response = as_coordinator.get(roads.get_absolute_url())

    for words in ("Utse representant", "Vem man vänder sig till", "Lägg till medlem", "inget att rapportera"):
        assertNotContains(response, words)


def test_the_group_lists_it_by_itself(as_coordinator: Client, technical: Organisation, roads: Organisation) -> None:
    response = as_coordinator.get("/gruppen/")

    assert [roster.organisation for roster in response.context["rosters"]].count(roads) == 0
    assert list(response.context["outside"]) == [roads]
    assertContains(response, "Utanför gruppen")


def test_it_is_expected_at_no_meeting(technical: Organisation, roads: Organisation) -> None:
    meeting = MeetingFactory()

    meeting.expect_organisations()

    assert set(meeting.organisations.values_list("organisation", flat=True)) == {
        *Organisation.objects.of_group().values_list("pk", flat=True)
    }
    assert roads.pk not in meeting.organisations.values_list("organisation", flat=True)


def test_it_is_counted_in_no_coverage(technical: Organisation, roads: Organisation) -> None:
    told = Coverage.of(Scope(), day=today()).of_each

    assert roads not in [each.organisation for each in told]
    assert technical in [each.organisation for each in told]


def test_the_samordnare_reports_for_those_of_the_group_alone(
    coordinator: Member, technical: Organisation, roads: Organisation
) -> None:
    assert technical in coordinator.speaks_for()
    assert roads not in coordinator.speaks_for()


def test_nobody_says_that_it_has_nothing_to_report(as_coordinator: Client, roads: Organisation) -> None:
    address = f"/rapportera/inget/{roads.pk}/"

    assert as_coordinator.get(address).status_code == 403


def test_nobody_is_given_a_place_for_it(roads: Organisation) -> None:
    with pytest.raises(ValidationError, match="Vägverket är utanför gruppen"):
        Seat.appoint(organisation=roads, member=MemberFactory(), role="ordinary", since=today(), by=a_coordinator())


def test_a_row_of_a_sheet_that_gives_a_place_for_it_is_told_as_wrong(
    as_coordinator: Client, roads: Organisation
) -> None:
    plan = plan_of(as_coordinator, "Vägverket|||Kim Skiss|Chef|kim@exempel.se||ordinarie|")

    assert [row.wrong for row in plan.wrong] == [["Vägverket är utanför gruppen, så ingen kan ha en plats för den."]]


@pytest.mark.parametrize("role", ["", "handläggare"])
def test_a_row_without_a_place_for_it_goes_in_and_is_told_to_be_outside(
    as_coordinator: Client, roads: Organisation, role: str
) -> None:
    rows = [f"Vägverket||nya@exempel.se|Kim Skiss|Chef|kim@exempel.se||{role}|"]

    assert [row.told for row in plan_of(as_coordinator, *rows).changing] == [["Vägverket är utanför gruppen."]]
    outcome = {"organisations_changed": 1, "members_new": 1} | ({"handlers_new": 1} if role else {})
    assert imported(as_coordinator, *rows).outcome == outcome
    roads.refresh_from_db()
    assert (roads.mailbox, roads.in_group) == ("nya@exempel.se", False)


@pytest.mark.parametrize("since", [0, 30])
def test_one_with_places_is_not_set_outside(technical: Organisation, since: int) -> None:
    Seat.appoint(
        organisation=technical, member=MemberFactory(), role="ordinary", since=in_days(since), by=a_coordinator()
    )

    with pytest.raises(ValidationError, match="Avsluta dem först"):
        technical.change(by=a_coordinator(), in_group=False)

    technical.refresh_from_db()
    assert technical.in_group


def test_one_whose_places_are_over_goes_outside_and_comes_back(technical: Organisation) -> None:
    technical.change(by=a_coordinator(), in_group=False)
    assert not technical.is_of_group(today())
    assert technical in Organisation.objects.active()

    technical.change(by=a_coordinator(), in_group=True)
    assert technical in Organisation.objects.of_group()


def test_it_is_asked_as_any_other_and_the_action_says_where_it_lies(
    as_coordinator: Client, coordinator: Member, roads: Organisation
) -> None:
    action = ActionFactory(assignment__organisation=roads, assignment__asked_by=coordinator)

    page = text_of(as_coordinator, action.issue.get_absolute_url())

    assert "Vägverket är utanför gruppen." in page
    assert "Ligger hos annan sedan" in page


def test_one_that_ended_outside_the_group_is_told_so(as_coordinator: Client, roads: Organisation) -> None:
    roads.change(by=a_coordinator(), active_to=in_days(-1))

    assert "Kunde få frågor till och med" in text_of(as_coordinator, roads.get_absolute_url())
    assert roads not in Organisation.objects.active()
    assert timezone.localdate() > the(roads.active_to)
