"""What one has chosen and not sent, where nothing is written: she is asked before it is lost, and at no other time."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Dialog, Locator, expect

from meetings.models import Meeting, OrganisationAtMeeting
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.meetings.meetings import under_way

pytestmark = pytest.mark.browser

NOTED, ABSENT = "ordinary", "absent"


@pytest.fixture
def meeting(coordinator: Member, representative: Member) -> Meeting:
    return under_way(coordinator)


@pytest.fixture
def maja(enter: Enter, coordinator: Member, meeting: Meeting) -> Person:
    maja = enter(coordinator)
    maja.opens(reverse("meetings:attendance", args=[meeting.pk]))
    return maja


@pytest.fixture
def asked(maja: Person) -> list[str]:
    """What the browser has asked her; she answers that she stays."""
    asked: list[str] = []

    def stays(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    maja.page.on("dialog", stays)
    return asked


@pytest.fixture
def who(maja: Person, meeting: Meeting, technical: Organisation) -> Locator:
    row = OrganisationAtMeeting.objects.get(meeting=meeting, organisation=technical)
    return maja.page.locator(f"#{row.anchor}").get_by_label("Vem")


def leaves(person: Person) -> None:
    person.page.get_by_role("link", name="Till mötets sida").click()


def test_what_was_chosen_is_not_lost_by_a_link_without_a_word(maja: Person, who: Locator, asked: list[str]) -> None:
    who.select_option(ABSENT)

    leaves(maja)

    expect(who).to_have_value(ABSENT)
    assert asked == ["beforeunload"]


def test_nor_what_was_refused(maja: Person, who: Locator, asked: list[str]) -> None:
    part = maja.beside("Omar Prov").unfolds("Del av mötet")
    part.scope.get_by_label("Från punkt").select_option(index=3)
    part.scope.get_by_label("Till och med punkt").select_option(index=1)
    who.select_option(NOTED)
    maja.presses("Spara närvaron")
    maja.reads("Sista punkten ligger före den första.")

    leaves(maja)

    expect(maja.page.get_by_role("alert")).to_be_visible()
    assert asked == ["beforeunload"]


def test_nobody_is_asked_who_saves_takes_it_back_or_has_changed_nothing(
    maja: Person, who: Locator, asked: list[str], meeting: Meeting
) -> None:
    who.select_option(ABSENT)
    maja.presses("Spara närvaron")
    maja.presses("Ångra")
    maja.presses("Alla som väntas är närvarande")
    who.select_option(ABSENT)
    who.select_option(NOTED)

    leaves(maja)

    maja.page.wait_for_url(f"**{meeting.get_absolute_url()}")
    assert asked == []


def test_nor_who_comes_back_to_what_she_has_saved(
    maja: Person, who: Locator, asked: list[str], meeting: Meeting
) -> None:
    who.select_option(ABSENT)
    maja.presses("Spara närvaron")
    maja.goes_back()
    expect(who).to_have_value(ABSENT)

    leaves(maja)

    maja.page.wait_for_url(f"**{meeting.get_absolute_url()}")
    assert asked == []
