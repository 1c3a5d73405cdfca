"""What could not be saved in the room: it is told of and given back, whatever becomes of the meeting."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import Route, expect

from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.models import AgendaItem, Decision, ItemDraft, Meeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import IssueFactory, OrganisationFactory
from tests.meetings.meetings import item_of, under_way

pytestmark = pytest.mark.browser

TEXT = "Armaturerna är beställda och kommer i mars."
DECISION = "Tekniska förvaltningen sätter upp tillfällig belysning."
OFFERED = "Det du fyllde i här finns kvar"
TOO_LATE = "Det du skrev här är inte sparat och går inte att spara nu."
ELSEWHERE = "Du har skrivit något som inte är sparat"
KEPT_BESIDE = "Skrivet men inte sparat"
OTHER_TAB = "I en annan flik har du skrivit något som inte är sparat"


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    for title in ("Mörkt i tunneln", "Trasigt räcke"):
        IssueFactory(title=title)
    meeting = under_way(coordinator)
    note_expected(meeting, by=Actor.of(coordinator))
    return meeting


@pytest.fixture
def item(meeting: Meeting) -> AgendaItem:
    return item_of(meeting, "Mörkt i tunneln")


@pytest.fixture
def maja(enter: Enter, coordinator: Member, item: AgendaItem) -> Person:
    maja = enter(coordinator)
    maja.page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before it leaves what is not sent
    maja.opens(item.get_absolute_url())
    return maja


def closed(meeting: Meeting, by: Member) -> Meeting:
    meeting.refresh_from_db()
    close_meeting(meeting, by=Actor.of(by))
    return meeting


def closing_of(meeting: Meeting) -> str:
    return reverse("meetings:close", args=[meeting.pk])


def saves_nothing(person: Person) -> None:
    person.page.route("**/notering/", lambda route: route.abort())


def is_refused(person: Person, words: str) -> None:
    """She types a decision, which the register does not take."""
    reply = {"kept": False, "message": "Nej.", "version": "0", "theirs": "", "found": ""}
    person.page.route("**/utkast/**", lambda route: route.fulfill(json=reply))
    person.writes("Beslut", words)
    person.reads("Utkastet till beslut är inte sparat. Nej.")


def test_a_note_beside_anothers_words_is_given_back_when_the_meeting_was_closed_meanwhile(
    maja: Person, item: AgendaItem, representative: Member
) -> None:
    item.write_note(text="Deras text", version=0, by=Actor.of(representative))
    maja.writes("Notering", TEXT)
    maja.reads("Omar Prov ändrade noteringen i dag")
    closed(item.meeting, representative)

    maja.page.reload()

    maja.reads(TOO_LATE)
    maja.reads(TEXT)


def test_a_note_written_without_a_line_is_read_beside_the_item_when_the_meeting_was_closed_meanwhile(
    maja: Person, item: AgendaItem, coordinator: Member
) -> None:
    maja.page.context.set_offline(True)
    maja.writes("Notering", TEXT)
    maja.reads("du har ingen anslutning")
    closed(item.meeting, coordinator)
    maja.page.context.set_offline(False)
    maja.complaints.clear()  # the browser says that it had no line

    maja.reads("ligger kvar på punkten")
    maja.page.reload()

    maja.reads(KEPT_BESIDE)
    maja.reads(TEXT)


def test_a_note_that_was_on_its_way_when_the_meeting_closed_is_read_beside_the_item(
    maja: Person, item: AgendaItem, coordinator: Member
) -> None:
    maja.writes("Notering", TEXT)
    closed(item.meeting, coordinator)

    maja.follows("Lämna mötesläget")

    maja.page.wait_for_function("() => JSON.stringify(JSON.parse(sessionStorage.utkast).drafts) === '{}'")
    maja.opens(item.get_absolute_url())
    maja.reads(KEPT_BESIDE)
    maja.reads(TEXT)


def test_a_note_that_was_on_its_way_and_arrived_is_told_of_nowhere(maja: Person, item: AgendaItem) -> None:
    maja.writes("Notering", TEXT)

    maja.follows("Avsluta mötet")

    maja.page.wait_for_function("() => JSON.stringify(JSON.parse(sessionStorage.utkast).drafts) === '{}'")
    maja.does_not_read(ELSEWHERE)
    item.refresh_from_db()
    assert item.note == TEXT


def test_a_note_that_did_not_leave_the_page_is_saved_from_the_next(maja: Person, item: AgendaItem) -> None:
    saves_nothing(maja)
    maja.page.evaluate("navigator.sendBeacon = () => false")
    maja.writes("Notering", TEXT)
    maja.page.get_by_role("link", name="Avsluta mötet").focus()
    maja.reads("registret svarar inte")
    maja.page.unroute("**/notering/")
    maja.complaints.clear()

    maja.page.get_by_role("link", name="Avsluta mötet").click()  # which is read anew when it has arrived

    maja.page.wait_for_function("() => JSON.stringify(JSON.parse(sessionStorage.utkast).drafts) === '{}'")
    item.refresh_from_db()
    assert item.note == TEXT


def test_all_that_were_to_be_asked_are_saved_from_the_next_page(maja: Person, item: AgendaItem) -> None:
    asked = [OrganisationFactory(name=name) for name in ("Fritid", "Park", "Skola")]
    maja.opens(item.get_absolute_url())
    maja.page.route("**/utkast/**", lambda route: route.abort())
    maja.page.evaluate("navigator.sendBeacon = () => false")
    maja.writes("Vad ska göras", "Laga lampan")
    maja.unfolds("Mer: varför")
    for each in asked:
        maja.page.locator(f'[name="others"][value="{each.pk}"]').check()
    maja.page.get_by_role("link", name="Avsluta mötet").focus()
    maja.reads("registret svarar inte")
    maja.page.unroute("**/utkast/**")
    maja.complaints.clear()

    maja.page.get_by_role("link", name="Avsluta mötet").click()  # which is read anew when they have arrived

    maja.page.wait_for_function("() => JSON.stringify(JSON.parse(sessionStorage.utkast).drafts) === '{}'")
    draft = ItemDraft.objects.get(item=item)
    assert (draft.what, draft.choices["others"]) == ("Laga lampan", [str(each.pk) for each in asked])


def test_what_came_too_late_is_given_back_when_the_page_and_when_the_meeting_is_opened_again(
    maja: Person, item: AgendaItem, coordinator: Member
) -> None:
    maja.writes("Notering", TEXT)
    maja.writes("Beslut", DECISION)
    meeting = closed(item.meeting, coordinator)
    maja.presses("Spara")
    maja.reads_heading("Det här skrev du")

    maja.opens(item.get_absolute_url())
    maja.reads(KEPT_BESIDE)
    maja.reads(TEXT)
    maja.reads(DECISION)

    unclose_meeting(meeting, by=Actor.of(coordinator))
    maja.opens(item.get_absolute_url())
    maja.reads(TEXT)
    expect(maja.page.get_by_label("Beslut").first).to_have_value(DECISION)
    maja.writes("Notering", TEXT)
    maja.presses("Spara")
    item.refresh_from_db()
    assert item.note == TEXT
    assert Decision.objects.get().text == DECISION


def test_a_note_that_is_put_back_says_that_it_is_unsaved_until_it_is_saved_by_itself(
    maja: Person, item: AgendaItem, coordinator: Member
) -> None:
    item.write_note(text="Armaturerna är beställda.", version=0, by=Actor.of(coordinator))
    maja.opens(item.get_absolute_url())
    maja.page.evaluate("navigator.sendBeacon = () => false")
    saves_nothing(maja)
    maja.writes("Notering", TEXT)
    maja.reads("registret svarar inte")
    maja.page.reload()
    maja.reads("Senast skriven av")
    on_its_way: list[Route] = []
    told, under_it = (maja.page.locator(part).bounding_box() for part in (".messages > .notice", ".progress"))
    assert told
    assert under_it
    assert under_it["y"] - told["y"] - told["height"] >= 16
    maja.page.unroute("**/notering/")
    maja.page.route("**/notering/", lambda route: on_its_way.append(route))

    with maja.page.expect_request("**/notering/"):
        maja.page.get_by_role("button", name="Lägg tillbaka det").click()

    expect(maja.page.get_by_text("Noteringen är inte sparad än.")).to_have_attribute("data-unsaved", "")
    maja.does_not_read("Senast skriven av")
    on_its_way[0].continue_()
    maja.reads("Sparat ")
    item.refresh_from_db()
    assert item.note == TEXT


def test_the_closing_says_which_items_have_something_unsaved(maja: Person, meeting: Meeting) -> None:
    maja.writes("Beslut", DECISION)

    maja.follows("Avsluta mötet")

    maja.reads("Ett utkast är inte sparat")
    maja.reads(DECISION)
    maja.does_not_read(ELSEWHERE)
    maja.page.get_by_role("region", name="Ett utkast är inte sparat").get_by_role(
        "link", name="Mörkt i tunneln"
    ).click()
    expect(maja.page.get_by_label("Beslut").first).to_have_value(DECISION)


def test_half_a_decision_is_there_in_another_browser(maja: Person, enter: Enter, coordinator: Member) -> None:
    maja.writes("Beslut", DECISION)
    maja.reads("Sparat ")
    address = maja.page.url

    at_home = enter(coordinator)
    at_home.opens(address)

    expect(at_home.page.get_by_label("Beslut").first).to_have_value(DECISION)
    at_home.reads("Utkastet till beslut, skrivet av Maja Exempel")


def test_the_closing_says_what_waits_in_another_tab_and_takes_it_along(maja: Person, meeting: Meeting) -> None:
    is_refused(maja, DECISION)
    beside = maja.page.context.new_page()
    beside.goto(closing_of(meeting))

    unsaved = beside.locator("[data-closes] .notice")
    expect(unsaved).to_have_count(1)
    expect(unsaved).to_contain_text(OTHER_TAB)
    unsaved.get_by_role("link", name="Mörkt i tunneln").click()

    beside.get_by_role("button", name="Lägg tillbaka det").click()
    expect(beside.get_by_label("Beslut").first).to_have_value(DECISION)
    expect(maja.page.get_by_label("Beslut").first).to_have_value(DECISION)


def test_the_closing_asks_the_other_tabs_again_when_she_comes_back_to_it(maja: Person, meeting: Meeting) -> None:
    beside = maja.page.context.new_page()
    beside.goto(closing_of(meeting))
    beside.wait_for_load_state("networkidle")
    is_refused(maja, DECISION)

    beside.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(beside.locator("[data-closes] .notice")).to_contain_text(OTHER_TAB)


def test_another_tab_tells_only_her_who_wrote_and_only_of_the_meeting_that_is_closed(
    maja: Person, meeting: Meeting, enter: Enter, representative: Member
) -> None:
    other = item_of(under_way(representative), "Öppnande och närvaro")
    maja.opens(other.get_absolute_url())
    is_refused(maja, DECISION)
    beside = maja.page.context.new_page()
    beside.goto(closing_of(meeting))
    beside.evaluate(
        """(part) => {
            window.heard = [];
            const channel = new BroadcastChannel("utkast");
            channel.onmessage = ({ data }) => window.heard.push(data);
            channel.postMessage({ member: "0", part });
            channel.postMessage({ member: document.body.dataset.member, part });
        }""",
        other.meeting.get_absolute_url(),
    )

    beside.wait_for_function("() => window.heard.some((data) => data.draft)")
    assert beside.evaluate("window.heard.map((data) => data.draft.fields.text)") == [DECISION]
    expect(beside.locator("[data-closes] .notice")).to_have_count(0)
