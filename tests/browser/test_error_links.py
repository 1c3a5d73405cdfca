"""What a link of the error summary leads to is seen whole: what it asks for, what is wrong, and of whom."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Locator, ViewportSize, expect

from meetings.models import OrganisationAtMeeting
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.meetings.meetings import under_way

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", ["phone", "desktop"], indirect=True)]

SHORT = 664
"""What a phone has left of its height under the browser's own bars."""


def at(person: Person, address: str) -> Person:
    """Herself, at the page in a low window."""
    window = person.page.viewport_size
    assert window
    person.page.set_viewport_size(ViewportSize(width=window["width"], height=SHORT))
    person.page.emulate_media(reduced_motion="reduce")  # a page that glides is not where it will be
    person.opens(address)
    return person


def follows_error(person: Person, words: str) -> None:
    person.page.get_by_role("alert").get_by_role("link", name=words).click()


def is_seen(thing: Locator) -> None:
    expect(thing).to_be_in_viewport(ratio=1)


def test_a_line_is_seen_with_its_label_and_what_is_wrong(enter: Enter, representative: Member) -> None:
    omar = at(enter(representative), "/rapportera/")
    omar.presses("Skicka")

    follows_error(omar, "Skriv var det var.")

    where = omar.page.get_by_label("Var?")
    expect(where).to_be_focused()
    is_seen(where)
    is_seen(omar.page.locator(f"label[for={where.get_attribute('id')}]"))
    is_seen(omar.page.locator(".field .error").filter(has_text="Skriv var det var."))


def test_the_first_of_several_answers_is_seen_with_the_question(enter: Enter, representative: Member) -> None:
    omar = at(enter(representative), "/rapportera/")
    omar.presses("Skicka")

    follows_error(omar, "Välj vad det gäller.")

    question = omar.page.locator("fieldset").filter(has_text="Välj vad det gäller.")
    is_seen(question.locator("legend"))
    is_seen(question.locator(".error"))


def test_a_row_of_the_attendance_is_seen_with_its_organisation(
    enter: Enter, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    meeting = under_way(coordinator)
    row = OrganisationAtMeeting.objects.get(meeting=meeting, organisation=technical)
    maja = at(enter(coordinator), reverse("meetings:attendance", args=[meeting.pk]))
    line = maja.page.locator(f"#{row.anchor}")
    line.get_by_text("Del av mötet").click()
    line.get_by_label("Vem").select_option("ordinary")
    line.get_by_label("Från punkt").select_option(index=3)
    line.get_by_label("Till och med punkt").select_option(index=1)
    maja.presses("Spara närvaron")

    follows_error(maja, "Sista punkten ligger före den första.")

    expect(line.get_by_label("Till och med punkt")).to_be_focused()
    is_seen(line.get_by_label("Till och med punkt"))
    is_seen(line.locator(".error"))
    is_seen(line.get_by_role("heading", name=technical.name))
