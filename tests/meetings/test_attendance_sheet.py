"""The attendance is one sheet with one button: what was changed in any row is saved, and the rest left alone."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import Meeting, OrganisationAtMeeting, Presence
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.factories import MemberFactory, OrganisationFactory, SeatFactory
from tests.meetings.meetings import under_way, words
from tests.pages import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, deputy: Member, officer: Member) -> Meeting:
    return under_way(coordinator)


def sheet(client: Client, meeting: Meeting) -> dict[str, str]:
    """All that the page's form sends when nothing is touched, but for the button."""
    page = client.get(reverse("meetings:attendance", args=[meeting.pk]))
    return shown_in(page)


def shown_in(page: Response) -> dict[str, str]:
    fields = (bound for form in page.context["sheet"].rows for bound in form)
    return {bound.html_name: str(bound.value() or "") for bound in fields}


def send(client: Client, meeting: Meeting, typed: dict[str, str], button: object = "") -> Response:
    return client.post(reverse("meetings:attendance", args=[meeting.pk]), typed | {"row": str(button)}, follow=True)


def row_of(meeting: Meeting, organisation: Organisation) -> OrganisationAtMeeting:
    return meeting.organisations.get(organisation=organisation)


def noted(meeting: Meeting) -> dict[str, list[str]]:
    """Organisation → its state and who is there, of those that are noted."""
    rows = meeting.organisations.exclude(state="unnoted").in_order().select_related("organisation")
    there = Presence.objects.filter(meeting=meeting).in_order()
    return {
        str(row.organisation): [row.state, *(str(each) for each in there if each.organisation == row.organisation)]
        for row in rows
    }


def test_what_was_changed_in_three_rows_is_saved_at_once_and_told_where_one_comes(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation, rescue: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, technical).anchor}-who"] = "deputy"
    typed[f"{row_of(meeting, police).anchor}-who"] = "absent"
    typed[f"{row_of(meeting, rescue).anchor}-who"] = "vacant"

    response = send(as_coordinator, meeting, typed)

    page = words(response)
    assert response.redirect_chain == [(reverse("meetings:attendance", args=[meeting.pk]), 302)]
    assert "Höglandets räddningstjänstförbund, Polisen och Tekniska förvaltningen är noterade." in page
    assert noted(meeting) == {
        "Höglandets räddningstjänstförbund": ["vacant"],
        "Polisen": ["absent"],
        "Tekniska förvaltningen": ["represented", "Gun Prototyp, ersättare"],
    }


def test_what_is_as_it_was_shown_is_not_noted(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, technical).anchor}-who"] = "ordinary"

    send(as_coordinator, meeting, typed)

    assert [*noted(meeting)] == ["Tekniska förvaltningen"]


def test_who_is_expected_is_not_chosen_before_somebody_says_so(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    row_of(meeting, technical).note(by=a_coordinator(), state="absent")
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk]))

    typed = shown_in(page)
    assert typed[f"{row_of(meeting, police).anchor}-who"] == ""
    assert typed[f"{row_of(meeting, technical).anchor}-who"] == "absent"
    assert page.content.decode().count('<option value="" selected>Inte noterad</option>') == 2


def test_what_was_changed_is_saved_when_the_rest_comes_as_expected(
    as_coordinator: Client, meeting: Meeting, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, police).anchor}-who"] = "excused"

    page = words(send(as_coordinator, meeting, typed, "expected"))

    assert "Alla som väntades är noterade." in page
    assert noted(meeting) == {
        "Höglandets räddningstjänstförbund": ["vacant"],
        "Polisen": ["excused"],
        "Tekniska förvaltningen": ["represented", "Omar Prov, ordinarie"],
    }


def test_nothing_changed_is_told(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(send(as_coordinator, meeting, sheet(as_coordinator, meeting)))

    assert "Inget var ändrat." in page
    assert noted(meeting) == {}


def test_one_row_that_is_wrong_saves_nothing_and_keeps_the_others(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    wrong, right = row_of(meeting, technical), row_of(meeting, police)
    typed |= {f"{wrong.anchor}-who": "ordinary", f"{wrong.anchor}-then": "deputy", f"{right.anchor}-who": "absent"}

    page = send(as_coordinator, meeting, typed)

    assert "Ingen närvaro är sparad. Se över Tekniska förvaltningen" in words(page)
    assert "Välj vilken punkt den första satt till och med." in words(page)
    assert "Polisen Ali Ritning väntas." in words(page)  # the row that was right is no more saved than the other
    assert noted(meeting) == {}

    again = shown_in(page) | {f"{wrong.anchor}-last": "5"}
    send(as_coordinator, meeting, again)
    assert noted(meeting) == {
        "Polisen": ["absent"],
        "Tekniska förvaltningen": [
            "represented",
            "Omar Prov, ordinarie, punkt 1–5",
            "Gun Prototyp, ersättare, från punkt 6",
        ],
    }


def test_what_another_noted_meanwhile_is_left_in_a_row_that_was_not_touched(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    typed[f"{row_of(meeting, police).anchor}-who"] = "ordinary"
    row_of(meeting, technical).note(by=a_coordinator(), state="absent")

    send(as_coordinator, meeting, typed)

    assert noted(meeting) == {
        "Polisen": ["represented", "Ali Ritning, ordinarie"],
        "Tekniska förvaltningen": ["absent"],
    }


def test_what_another_noted_meanwhile_is_told_in_a_row_that_was_touched_alone(
    as_coordinator: Client, meeting: Meeting, technical: Organisation, police: Organisation
) -> None:
    typed = sheet(as_coordinator, meeting)
    for organisation in (technical, police):
        row_of(meeting, organisation).note(by=a_coordinator(), state="absent")
    typed[f"{row_of(meeting, technical).anchor}-who"] = "deputy"

    page = send(as_coordinator, meeting, typed)

    assert "Ingen närvaro är sparad. Se över Tekniska förvaltningen" in words(page)
    assert "ändrade det här" in words(page)
    assert noted(meeting) == {"Polisen": ["absent"], "Tekniska förvaltningen": ["absent"]}

    send(as_coordinator, meeting, shown_in(page))
    assert noted(meeting) == {
        "Polisen": ["absent"],
        "Tekniska förvaltningen": ["represented", "Gun Prototyp, ersättare"],
    }


def test_two_who_change_places_are_noted_at_once(
    as_coordinator: Client, coordinator: Member, technical: Organisation, police: Organisation
) -> None:
    """Each is ordinary of one and deputy of the other; only when both have left is there room for either."""
    people = {technical: MemberFactory(name="Omar Prov"), police: MemberFactory(name="Ali Ritning")}
    for organisation, member in people.items():
        SeatFactory(member=member, organisation=organisation)
        other = next(each for each in people if each != organisation)
        SeatFactory(member=member, organisation=other, role="deputy")
    meeting = under_way(coordinator)
    send(as_coordinator, meeting, sheet(as_coordinator, meeting), "expected")
    typed = sheet(as_coordinator, meeting)
    for organisation in people:
        typed[f"{row_of(meeting, organisation).anchor}-who"] = "deputy"

    send(as_coordinator, meeting, typed)

    there = noted(meeting)
    assert there["Polisen"] == ["represented", "Omar Prov, ersättare"]
    assert there["Tekniska förvaltningen"] == ["represented", "Ali Ritning, ersättare"]


def test_one_form_holds_every_row_and_one_button_saves_them(as_coordinator: Client, meeting: Meeting) -> None:
    OrganisationFactory()
    page = as_coordinator.get(reverse("meetings:attendance", args=[meeting.pk])).content.decode()

    assert page.count(f'action="{reverse("meetings:attendance", args=[meeting.pk])}"') == 1
    assert page.count('name="row" value="expected"') == 1
    assert re.findall(r'name="row" value="">([^<]*)</button>', page) == ["Spara närvaron"]
