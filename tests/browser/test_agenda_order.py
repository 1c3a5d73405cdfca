"""The agenda is put in order by dragging, by keyboard and with buttons, and the page stays where it is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from issues.models import AccessGrant, Issue
from meetings.agenda.building import agenda
from meetings.agenda.ordering import move_line
from meetings.models import Meeting
from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import IssueFactory
from tests.meetings.meetings import planned

pytestmark = pytest.mark.browser


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    for title in ("Ett", "Två", "Tre", "Fyra"):
        IssueFactory(title=title)
    return planned(coordinator)


@pytest.fixture
def maja(enter: Enter, coordinator: Member, meeting: Meeting) -> Person:
    maja = enter(coordinator)
    maja.opens(f"{meeting.get_absolute_url()}?ordna=1")
    maja.page.evaluate("window.stayed = true")
    return maja


def handle(page: Page, title: str) -> Locator:
    return page.locator(f'[data-title="{title}"] > [data-handle]')


def order(meeting: Meeting, member: Member) -> list[str]:
    return [f"{line.number} {line.title}" for heading in agenda(meeting, member) for line in heading.under]


def press(maja: Person, button: str) -> None:
    maja.page.get_by_role("button", name=button).click()


def key_of(title: str) -> str:
    return f"issue-{Issue.objects.get(title=title).pk}"


def stayed(maja: Person) -> bool:
    return bool(maja.page.evaluate("window.stayed === true"))


def test_a_line_is_moved_with_the_arrows_and_saved_with_return(
    maja: Person, meeting: Meeting, coordinator: Member
) -> None:
    handle(maja.page, "Fyra").focus()
    for _ in range(2):
        maja.page.keyboard.press("ArrowUp")
    expect(maja.page.locator("#flyttat")).to_have_text("Efter Ett, under 6 Nya ärenden.")
    assert order(meeting, coordinator)[-1] == "6.4 Fyra"

    maja.page.keyboard.press("Enter")

    maja.reads("”Fyra” är flyttad till punkt 6.2.")
    assert order(meeting, coordinator) == ["6.1 Ett", "6.2 Fyra", "6.3 Två", "6.4 Tre"]
    expect(handle(maja.page, "Fyra")).to_be_focused()
    expect(maja.page.locator("#flyttat")).to_have_text("”Fyra” är flyttad till punkt 6.2.")
    assert stayed(maja)

    press(maja, "Ångra")
    maja.reads("”Fyra” är flyttad till punkt 6.4.")
    assert (order(meeting, coordinator)[-1], stayed(maja)) == ("6.4 Fyra", True)


def test_escape_puts_a_line_back_and_saves_nothing(maja: Person, meeting: Meeting) -> None:
    handle(maja.page, "Ett").focus()
    maja.page.keyboard.press("ArrowDown")
    expect(maja.page.locator("[data-heading=new_issues] > [data-line]").first).to_have_attribute("data-title", "Två")

    maja.page.keyboard.press("Escape")

    expect(maja.page.locator("[data-heading=new_issues] > [data-line]").first).to_have_attribute("data-title", "Ett")
    expect(maja.page.locator("#flyttat")).to_have_text("Tillbaka. Först under 6 Nya ärenden.")
    maja.page.keyboard.press("Tab")
    assert not meeting.items.exists()


def test_what_was_moved_is_saved_when_she_goes_on(maja: Person, meeting: Meeting, coordinator: Member) -> None:
    handle(maja.page, "Ett").focus()
    maja.page.keyboard.press("ArrowDown")
    maja.page.keyboard.press("Tab")

    maja.reads("”Ett” är flyttad till punkt 6.2.")
    assert order(meeting, coordinator)[:2] == ["6.1 Två", "6.2 Ett"]


@pytest.mark.parametrize("way", ["phone", "desktop"], indirect=True)
def test_a_line_is_dragged_to_another_heading(maja: Person, meeting: Meeting, coordinator: Member) -> None:
    maja.page.emulate_media(reduced_motion="reduce")
    handle(maja.page, "Fyra").scroll_into_view_if_needed()
    maja.page.locator("#punkt-7 h3").scroll_into_view_if_needed()
    start, target = handle(maja.page, "Fyra").bounding_box(), maja.page.locator("#punkt-7 h3").bounding_box()
    assert start
    assert target

    maja.page.mouse.move(start["x"] + 10, start["y"] + 10)
    maja.page.mouse.down()
    maja.page.mouse.move(start["x"] + 10, start["y"] + 40)
    maja.page.mouse.move(start["x"] + 10, target["y"] + target["height"] + 4)
    maja.page.mouse.up()

    maja.reads("”Fyra” är flyttad till punkt 7.1.")
    assert order(meeting, coordinator) == ["6.1 Ett", "6.2 Två", "6.3 Tre", "7.1 Fyra"]
    expect(handle(maja.page, "Fyra")).to_be_focused()
    assert stayed(maja)


def test_escape_lets_a_dragged_line_stand(maja: Person, meeting: Meeting) -> None:
    handle(maja.page, "Ett").scroll_into_view_if_needed()
    start = handle(maja.page, "Ett").bounding_box()
    assert start
    maja.page.mouse.move(start["x"] + 10, start["y"] + 10)
    maja.page.mouse.down()
    maja.page.mouse.move(start["x"] + 10, start["y"] + 60)
    expect(maja.page.locator(".agenda-rule")).to_have_count(1)

    maja.page.keyboard.press("Escape")
    maja.page.mouse.up()

    expect(maja.page.locator(".agenda-rule")).to_have_count(0)
    assert not meeting.items.exists()


def test_a_line_that_a_colleague_has_moved_is_told_where_it_stands(
    maja: Person, meeting: Meeting, coordinator: Member, representative: Member
) -> None:
    move_line(meeting, key_of("Ett"), by=Actor.of(representative), after=key_of("Tre"))
    handle(maja.page, "Ett").focus()
    maja.page.keyboard.press("ArrowDown")
    maja.page.keyboard.press("Enter")

    maja.reads("Någon annan har flyttat: ”Ett” står inte längre där du såg den, utan som punkt 6.3.")
    assert order(meeting, coordinator) == ["6.1 Två", "6.2 Tre", "6.3 Ett", "6.4 Fyra"]
    expect(maja.page.locator("[data-heading=new_issues] > [data-line]").nth(2)).to_have_attribute("data-title", "Ett")
    assert stayed(maja)


def test_without_a_line_the_point_goes_back_and_she_is_told(maja: Person, meeting: Meeting) -> None:
    maja.page.route("**/flytta/", lambda route: route.abort())
    maja.page.on("console", lambda message: None)
    handle(maja.page, "Ett").focus()
    maja.page.keyboard.press("ArrowDown")
    maja.page.keyboard.press("Enter")

    maja.reads("Det gick inte att spara, för registret svarade inte.")
    expect(maja.page.locator("[data-heading=new_issues] > [data-line]").first).to_have_attribute("data-title", "Ett")
    assert not meeting.items.exists()


@pytest.mark.parametrize("status", [403, 500])
def test_a_move_that_is_refused_is_told_where_the_point_goes_back(maja: Person, meeting: Meeting, status: int) -> None:
    maja.page.route(
        "**/flytta/", lambda route: route.fulfill(status=status, content_type="text/html", body="<p>Nej</p>")
    )
    handle(maja.page, "Ett").focus()
    maja.page.keyboard.press("ArrowDown")
    maja.page.keyboard.press("Enter")

    maja.reads("Det gick inte att spara. Punkten står där den stod. Ladda om sidan")
    expect(maja.page.locator("[data-heading=new_issues] > [data-line]").first).to_have_attribute("data-title", "Ett")
    assert not meeting.items.exists()
    assert stayed(maja)
    maja.complaints.clear()


def test_a_second_finger_neither_aims_nor_lets_go_what_another_holds(maja: Person, meeting: Meeting) -> None:
    handle(maja.page, "Två").scroll_into_view_if_needed()
    start = handle(maja.page, "Två").bounding_box()
    assert start
    maja.page.mouse.move(start["x"] + 10, start["y"] + 10)
    maja.page.mouse.down()
    maja.page.mouse.move(start["x"] + 10, start["y"] + 16)
    rule = maja.page.locator(".agenda-rule")
    expect(rule).to_have_count(1)
    place = rule.bounding_box()

    for kind in ("pointermove", "pointerup", "pointercancel"):
        maja.page.evaluate("kind => dispatchEvent(new PointerEvent(kind, {pointerId: 77, clientY: 2}))", kind)

    expect(rule).to_have_count(1)
    assert (rule.bounding_box(), meeting.items.exists()) == (place, False)


def test_what_is_restricted_moves_among_the_restricted(enter: Enter, coordinator: Member, meeting: Meeting) -> None:
    secret = IssueFactory(title="Hemligt", restricted=True)
    AccessGrant.objects.create(issue=secret, member=coordinator)
    maja = enter(coordinator)
    maja.opens(f"{meeting.get_absolute_url()}?ordna=1")

    handle(maja.page, "Hemligt").focus()
    maja.page.keyboard.press("ArrowDown")

    expect(maja.page.locator("#flyttat")).to_have_text("Först under 7 Pågående ärenden som behöver beslut.")
    handle(maja.page, "Fyra").focus()
    maja.reads("”Hemligt” är flyttad till punkt 7.1.")
    expect(handle(maja.page, "Fyra")).to_be_focused()
    maja.page.keyboard.press("ArrowDown")
    maja.page.keyboard.press("Enter")
    maja.reads("”Fyra” är flyttad till punkt 7.1.")
    assert order(meeting, coordinator)[-2:] == ["7.1 Fyra", "7.2 Hemligt"]


def test_a_step_and_a_removal_leave_the_page_where_it_is(maja: Person, meeting: Meeting, coordinator: Member) -> None:
    maja.writes("Punkten med ord", "Halvskrivet")

    press(maja, "Flytta ner Ett")
    maja.reads("”Ett” är flyttad till punkt 6.2.")
    expect(maja.page.get_by_role("button", name="Flytta ner Ett")).to_be_focused()
    press(maja, "Ta bort Tre")
    maja.reads("”Tre” är borttagen från dagordningen.")
    press(maja, "Sätt tillbaka Tre")
    maja.reads("”Tre” står på dagordningen igen.")

    assert stayed(maja)
    expect(maja.page.get_by_label("Punkten med ord")).to_have_value("Halvskrivet")
    assert order(meeting, coordinator)[:2] == ["6.1 Två", "6.2 Ett"]


def test_the_handle_of_a_line_stands_beside_its_title_also_where_something_is_told_of_it(maja: Person) -> None:
    press(maja, "Flytta ner Ett")
    expect(maja.page.locator('[data-title="Ett"] > .messages')).to_be_visible()

    beside = maja.page.evaluate(
        """() => [...document.querySelectorAll("[data-line]")].map((line) => {
            const [handle, title] = [line.querySelector("[data-handle]"), line.querySelector(":scope > p")];
            return Math.round(handle.getBoundingClientRect().top - title.getBoundingClientRect().top);
        })"""
    )

    assert len({*beside}) == 1, beside
