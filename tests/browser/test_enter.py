"""Enter in a line, or a phone's "Gå", goes on to the next field: nothing is sent half filled in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Request, expect

from issues.models import Observation
from meetings.models import AgendaItem, Meeting
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.days import in_days
from tests.factories import MeetingFactory
from tests.meetings.meetings import under_way

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


def listens(person: Person) -> list[str]:
    """The addresses that a form is sent to from now on; a text that the guard looks at is none."""
    sent: list[str] = []

    def hear(request: Request) -> None:
        if request.method == "POST" and not request.url.endswith("/vakt/"):
            sent.append(request.url)

    person.page.on("request", hear)
    return sent


def test_from_where_it_goes_on_to_when(enter: Enter, representative: Member) -> None:
    omar = enter(representative)
    omar.opens("/rapportera/")
    sent, where = listens(omar), omar.page.get_by_label("Var?")
    assert where.evaluate("field => field.enterKeyHint") == "next"
    where.fill("Norra gångtunneln")

    where.press("Enter")

    expect(omar.page.get_by_label("Nyss")).to_be_focused()  # what is chosen, of several
    assert sent == []
    assert not Observation.objects.exists()


def test_it_goes_through_the_lines_of_a_form_and_past_what_is_folded(enter: Enter, coordinator: Member) -> None:
    maja = enter(coordinator)
    maja.opens("/moten/nytt/")
    sent = listens(maja)
    maja.page.get_by_label("Börjar").focus()

    maja.page.keyboard.press("Enter")
    expect(maja.page.get_by_label("Slutar")).to_be_focused()
    maja.page.keyboard.press("Enter")
    expect(maja.page.get_by_label("Plats")).to_be_focused()
    maja.page.keyboard.press("Enter")
    expect(maja.page.get_by_label("Diarienummer")).to_be_focused()
    maja.page.keyboard.press("Enter")

    expect(maja.page.get_by_label("Ordförande")).to_be_focused()
    assert sent == []


def test_from_the_last_line_it_sends(enter: Enter, coordinator: Member) -> None:
    meeting = MeetingFactory(chair=coordinator)
    maja = enter(coordinator)
    maja.opens(f"{meeting.get_absolute_url()}?ordna=1")
    maja.page.get_by_label("Punkten med ord").fill("Gästen berättar")
    maja.page.get_by_label("Minuter").fill("15")

    maja.page.get_by_label("Minuter").press("Enter")

    maja.reads("Punkten står på dagordningen.")


def test_a_button_that_has_the_focus_is_pressed_by_enter(enter: Enter, coordinator: Member) -> None:
    maja = enter(coordinator)
    maja.opens("/moten/nytt/")
    maja.page.get_by_label("Dag").fill(in_days(9).isoformat())
    maja.page.get_by_label("Börjar").fill("13:00")

    maja.page.get_by_role("button", name="Planera mötet").press("Enter")

    maja.reads("Mötet är planerat.")
    assert Meeting.objects.count() == 1


def test_in_the_room_ctrl_and_enter_go_on_to_the_next_item_as_before(enter: Enter, coordinator: Member) -> None:
    item = AgendaItem.objects.filter(meeting=under_way(coordinator)).order_by("heading__number")[0]
    maja = enter(coordinator)
    maja.opens(item.get_absolute_url())

    maja.page.get_by_label("Notering").press("Control+Enter")

    maja.page.wait_for_url(lambda address: not address.endswith(item.get_absolute_url()))
    item.refresh_from_db()
    assert item.is_discussed
