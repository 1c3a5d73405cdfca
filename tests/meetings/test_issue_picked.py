"""An issue is put on the agenda by words: what fits is shown, and one is chosen."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant, Issue
from meetings.models import AgendaItem, Meeting
from members.models import Member
from tests.factories import IssueFactory, ObservationFactory
from tests.meetings.meetings import planned, words

pytestmark = pytest.mark.django_db


def sends(client: Client, meeting: Meeting, **typed: object) -> str:
    """The page that comes back, and everything that is on its form."""
    response = client.post(reverse("meetings:agenda_add", args=[meeting.pk]), typed)
    return "" if response.status_code == 302 else response.content.decode()


def offered(page: str) -> list[str]:
    """The issues to choose among, by their keys."""
    return re.findall(r'type="radio" name="issue" value="(\d+)"', page)


def test_words_show_what_fits_with_place_and_state_and_nothing_is_added(
    as_coordinator: Client, coordinator: Member
) -> None:
    fits = IssueFactory(title="Liften är sönder", where="Linbanan", state=Issue.State.ON_HOLD)
    IssueFactory(title="Klotter på skolan")

    page = sends(as_coordinator, planned(coordinator), number="linbana", title="Lampor", minutes="15")

    assert offered(page) == [str(fits.pk)]
    told = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Ett ärende stämmer med ”linbana”. Välj det." in told
    assert f"{fits.number} Liften är sönder" in told
    assert "· Linbanan. Vilande." in told
    assert not AgendaItem.objects.exists()


def test_the_one_chosen_is_added_with_all_that_was_typed(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    IssueFactory(title="Mörkt i gångtunneln", state=Issue.State.ON_HOLD)
    other = IssueFactory(title="Gångtunneln läcker", state=Issue.State.ON_HOLD)
    typed = {"number": "gångtunneln", "minutes": "15", "heading": "other"}
    assert len(offered(sends(as_coordinator, meeting, **typed))) == 2

    assert sends(as_coordinator, meeting, **typed, issue=other.pk) == ""

    item = AgendaItem.objects.get()
    assert (item.issue, item.minutes, item.heading.key, item.title) == (other, 15, "other", "Gångtunneln läcker")


def test_an_issue_is_found_by_its_observations_and_by_a_part_of_a_word(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue = IssueFactory(title="Skolgården")
    ObservationFactory(issue=issue, text="Krossade glasflaskor vid gungorna")

    assert offered(sends(as_coordinator, planned(coordinator), number="flaskor")) == [str(issue.pk)]


def test_words_that_no_issue_has_are_told_and_what_was_typed_stands(
    as_coordinator: Client, coordinator: Member
) -> None:
    page = sends(as_coordinator, planned(coordinator), number="zebrafink", minutes="15")

    assert "Inget ärende stämmer med ”zebrafink”." in page
    assert 'value="zebrafink"' in page
    assert 'value="15"' in page


def test_a_restricted_issue_is_found_by_those_named_on_it_alone(as_coordinator: Client, coordinator: Member) -> None:
    hidden = IssueFactory(title="Järnekar vid dammen", restricted=True)
    meeting = planned(coordinator)

    assert offered(sends(as_coordinator, meeting, number="järnekar")) == []
    assert "Inget ärende stämmer" in sends(as_coordinator, meeting, number="järnekar", issue=hidden.pk)
    assert not AgendaItem.objects.exists()

    AccessGrant.objects.create(issue=hidden, member=coordinator)
    page = sends(as_coordinator, meeting, number="järnekar")
    assert offered(page) == [str(hidden.pk)]
    assert "Begränsad spridning." in page


def test_the_search_button_shows_what_the_number_names_before_it_is_added(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue = IssueFactory(serial=41, state=Issue.State.ON_HOLD)

    page = sends(as_coordinator, planned(coordinator), number="41", look="1")

    assert offered(page) == [str(issue.pk)]
    assert not AgendaItem.objects.exists()


def test_the_search_button_adds_a_topic_where_no_issue_is_named(as_coordinator: Client, coordinator: Member) -> None:
    assert sends(as_coordinator, planned(coordinator), title="Gästen berättar", look="1") == ""  # Enter in the field

    assert str(AgendaItem.objects.get()) == "Gästen berättar"


def test_a_number_that_several_years_have_lets_one_choose(as_coordinator: Client, coordinator: Member) -> None:
    both = [IssueFactory(serial=41), IssueFactory(serial=41, year=2025)]

    page = sends(as_coordinator, planned(coordinator), number="41")

    assert sorted(offered(page)) == sorted(str(issue.pk) for issue in both)
    assert not AgendaItem.objects.exists()


def test_the_open_ones_stand_first_and_more_than_fit_are_told_of(as_coordinator: Client, coordinator: Member) -> None:
    closed = IssueFactory(title="Lekplatsen är mörk", state=Issue.State.CLOSED)
    for number in range(9):
        IssueFactory(title=f"Lekplatsen {number}")

    page = sends(as_coordinator, planned(coordinator), number="lekplatsen")

    assert len(offered(page)) == 8
    assert str(closed.pk) not in offered(page)
    assert "Fler än åtta ärenden stämmer med ”lekplatsen”. Välj ett." in page


def test_what_stands_on_the_agenda_already_is_told_beside_it(as_coordinator: Client, coordinator: Member) -> None:
    meeting = planned(coordinator)
    IssueFactory(title="Mörkt i gångtunneln")
    told = words(as_coordinator.get(meeting.get_absolute_url()))
    assert "6.1 Mörkt i gångtunneln" in told

    page = sends(as_coordinator, meeting, number="gångtunneln")

    assert "Står redan som punkt 6.1." in page
