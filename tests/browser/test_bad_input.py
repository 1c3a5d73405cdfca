"""A hurried thumb, a bad line and a long coffee break before the report page: nothing is lost, nothing is doubled."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from issues.models import Observation
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import PASSWORD, AgendaItemFactory
from tests.meetings.meetings import under_way

pytestmark = pytest.mark.browser

SEEN = "Två lampor är släckta i tunneln."


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


@pytest.fixture
def omar(enter: Enter, representative: Member) -> Person:
    omar = enter(representative)
    omar.opens("/rapportera/")
    return omar


def fills_in_the_report(person: Person) -> None:
    person.chooses("Belysning")
    person.writes("Var?", "Norra gångtunneln")
    person.writes("Berätta", SEEN)


def test_what_is_missing_is_said_first_and_what_was_typed_remains(omar: Person) -> None:
    omar.writes("Berätta", SEEN)

    omar.presses("Skicka")

    summary = omar.page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Välj vad det gäller.")
    expect(omar.page.get_by_label("Berätta")).to_have_value(SEEN)
    assert not Observation.objects.exists()

    summary.get_by_role("link", name="Skriv var det var.").click()
    expect(omar.page.get_by_label("Var?")).to_be_focused()


def test_a_double_click_sends_once(omar: Person) -> None:
    fills_in_the_report(omar)

    omar.page.get_by_role("button", name="Skicka").dblclick()

    omar.reads_heading("Tack")
    assert Observation.objects.count() == 1


def test_going_back_and_sending_again_sends_once(omar: Person) -> None:
    fills_in_the_report(omar)
    omar.presses("Skicka")

    omar.goes_back()
    omar.presses("Skicka")

    omar.reads("Det var redan skickat")
    assert Observation.objects.count() == 1


def test_going_back_and_writing_something_else_sends_that_too(omar: Person) -> None:
    fills_in_the_report(omar)
    omar.presses("Skicka")

    omar.goes_back()
    omar.writes("Berätta", "Och räcket är löst.")
    omar.presses("Skicka")

    omar.reads_heading("Tack")
    assert {*Observation.objects.values_list("text", flat=True)} == {SEEN, "Och räcket är löst."}


def test_without_a_line_she_stays_where_she_is_with_all_she_has_filled_in(omar: Person) -> None:
    fills_in_the_report(omar)
    omar.page.context.set_offline(True)
    omar.page.get_by_role("button", name="Skicka observationen").click()
    omar.reads("Du har ingen anslutning")
    expect(omar.page.get_by_label("Berätta")).to_have_value(SEEN)

    omar.page.context.set_offline(False)
    omar.does_not_read("Du har ingen anslutning")
    omar.presses("Skicka observationen")

    omar.reads_heading("Tack")
    assert Observation.objects.count() == 1


@pytest.mark.parametrize("comes_again", ["by address", "by the back button"])
def test_what_broke_off_on_its_way_is_put_back_whole(omar: Person, comes_again: str) -> None:
    fills_in_the_report(omar)
    omar.chooses("Det händer ofta")
    omar.page.route("**/rapportera/", lambda route: route.abort("connectionreset"))
    omar.page.get_by_role("button", name="Skicka observationen").click()
    omar.page.wait_for_url("chrome-error://**")
    omar.complaints.clear()
    omar.page.unroute_all()

    if comes_again == "by address":
        omar.page.goto("/")
    else:
        omar.goes_back()
    omar.reads("Du har skrivit något som inte är sparat")
    omar.page.locator(".notice").get_by_role("link", name="Rapportera").click()
    omar.page.get_by_role("button", name="Lägg tillbaka det").click()
    expect(omar.page.get_by_label("Var?")).to_have_value("Norra gångtunneln")
    expect(omar.page.get_by_label("Det händer ofta")).to_be_checked()
    omar.presses("Skicka observationen")

    omar.reads_heading("Tack")
    assert [*Observation.objects.values_list("text", "recurring")] == [(SEEN, True)]


def test_what_was_written_before_the_session_ended_is_sent_after_the_sign_in(
    omar: Person, representative: Member
) -> None:
    fills_in_the_report(omar)
    omar.page.context.clear_cookies(name="sessionid")
    omar.presses("Skicka")

    omar.reads("det du skrev finns kvar")
    omar.writes("E-postadress", representative.email)
    omar.writes("Lösenord", "fel lösenord")
    omar.presses("Logga in")
    omar.writes("Lösenord", PASSWORD)
    omar.presses("Logga in")
    assert not Observation.objects.exists()
    omar.presses("Skicka det jag skrev")

    omar.reads_heading("Tack")
    omar.does_not_read("Det du skrev innan du loggade in")
    assert [*Observation.objects.values_list("text", "reporter")] == [(SEEN, representative.pk)]


def test_what_one_wrote_is_not_sent_in_the_name_of_the_next_at_the_same_screen(
    omar: Person, representative: Member, deputy: Member
) -> None:
    fills_in_the_report(omar)
    omar.page.context.clear_cookies(name="sessionid")
    omar.presses("Skicka")
    omar.writes("E-postadress", deputy.email)
    omar.writes("Lösenord", PASSWORD)
    omar.presses("Logga in")

    omar.reads("sparas den i ditt namn: Gun Prototyp")
    omar.does_not_read(SEEN)
    omar.presses("Släng texten")

    omar.does_not_read("i ditt namn")
    omar.opens("/rapportera/")
    omar.does_not_read("finns kvar")
    expect(omar.page.get_by_label("Berätta")).to_have_value("")
    assert not Observation.objects.exists()


def test_a_page_left_open_is_not_sent_in_the_name_of_the_one_who_signed_in_beside_it(
    omar: Person, deputy: Member
) -> None:
    fills_in_the_report(omar)
    beside = omar.page.context.new_page()
    beside.context.clear_cookies(name="sessionid")
    beside.goto("/konto/login/")
    beside.get_by_label("E-postadress").fill(deputy.email)
    beside.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    beside.get_by_role("button", name="Logga in").click()
    beside.wait_for_url("**/")
    omar.page.bring_to_front()
    omar.complaints.clear()
    omar.page.get_by_role("button", name="Skicka observationen").click()

    omar.reads_heading("Inget sparades")
    omar.reads("sparas den i ditt namn: Gun Prototyp")
    assert not Observation.objects.exists()

    omar.complaints.clear()  # the browser says that the page was refused
    omar.presses("Använd texten")
    assert [*Observation.objects.values_list("text", "reporter")] == [(SEEN, deputy.pk)]


STRANGE = {
    "a page without a space": "lampor" * 600,
    "pictures": "👮🏽‍♀️🔦 Släckt 🏳️‍🌈",
    "another script": "مصباح مكسور, lampan",
    "code": "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{ 7*7 }} %s",
    "quotes and dashes": "”Mörkt” – ’halt’ … ½ м² & c:o",
}
"""What is said in each must stand on the page letter by letter, and no page may be wider for it."""


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_what_is_strange_is_saved_and_shown_as_it_was_written(omar: Person, text: str) -> None:
    fills_in_the_report(omar)
    omar.writes("Berätta", text)
    omar.writes("Var?", text[:150])
    omar.presses("Skicka observationen")
    omar.reads_heading("Tack")

    observation = Observation.objects.get()
    assert (observation.text, observation.where) == (text, text[:150].strip())
    omar.opens(observation.get_absolute_url())
    assert omar.page.locator("section[aria-labelledby=berattat] p").inner_text() == text
    omar.opens(f"/sok/?{urlencode({'q': text[:60]})}")
    omar.opens("/observationer/")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ordet " * 1_667, "Texten är 6\u202f001 tecken för lång. Det får plats 4\u202f000."),
        ("Lampan\0 är släckt.", "Det finns ett tecken i texten som inte går att spara. Skriv om den."),
    ],
    ids=["ten thousand characters", "a sign that cannot be saved"],
)
def test_what_cannot_be_taken_is_told_in_a_sentence_and_stands_as_it_was_written(
    omar: Person, text: str, told: str
) -> None:
    fills_in_the_report(omar)
    omar.page.get_by_label("Berätta").evaluate("(field, text) => { field.value = text }", text)

    omar.presses("Skicka observationen")

    expect(omar.page.get_by_role("alert")).to_contain_text(told)
    expect(omar.page.get_by_label("Var?")).to_have_value("Norra gångtunneln")
    shown = text.replace("\0", "\N{REPLACEMENT CHARACTER}")  # as every browser shows it
    assert omar.page.get_by_label("Berätta").input_value() == shown
    assert not Observation.objects.exists()


def test_in_the_room_all_that_was_written_without_a_line_is_there_when_it_is_back(
    enter: Enter, coordinator: Member
) -> None:
    item = AgendaItemFactory(meeting=under_way(coordinator), title="Skolavslutningen")
    maja = enter(coordinator)
    maja.opens(item.get_absolute_url())
    maja.page.context.set_offline(True)
    maja.writes("Notering", "Vuxna behövs vid badet.")
    maja.writes("Beslut", "Fältarna är där från 19.")
    maja.reads("Noteringen är inte sparad: du har ingen anslutning. Den sparas av sig själv när du har nät.")
    maja.page.get_by_role("button", name="Spara", exact=True).click()
    maja.reads("Du har ingen anslutning")
    maja.complaints.clear()  # the browser says that the note did not get through

    maja.page.context.set_offline(False)
    maja.reads("Sparat ")
    maja.presses("Spara")

    item.refresh_from_db()
    assert item.note == "Vuxna behövs vid badet."
    assert [str(decision.text) for decision in item.decisions.all()] == ["Fältarna är där från 19."]
