"""An older draft beside what is being written: neither takes the other's place until she has said so."""

from __future__ import annotations

import re
from itertools import count

import pytest
from playwright.sync_api import Browser, Locator, expect

from issues.models import Issue, Observation
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import ActionFactory, IssueFactory, MeetingFactory, ObservationFactory

pytestmark = pytest.mark.browser

OFFER = "Det du fyllde i här finns kvar"
ELSEWHERE = "Du har skrivit något som inte är sparat"
OLDER, NEWER = "Tre lampor är släckta vid trappan.", "Räcket sitter löst."

TIMES = count()


@pytest.fixture(scope="module")
def chromium(peoples_browser: Browser) -> Browser:
    return peoples_browser


@pytest.fixture
def issue(coordinator: Member) -> Issue:
    return IssueFactory(text="Mörkt.")


@pytest.fixture
def maja(enter: Enter, coordinator: Member, issue: Issue) -> Person:
    """She has left a draft, and stands before the offer of it."""
    maja = enter(coordinator)
    opens(maja, issue)
    maja.writes("Beskrivning", OLDER)
    leaves(maja)
    opens(maja, issue)
    maja.reads(OFFER)
    return maja


def opens(person: Person, issue: Issue) -> None:
    """By an address that might propose something else, so that she is asked."""
    person.opens(f"{issue.get_absolute_url()}andra/?gang={next(TIMES)}")


def leaves(person: Person) -> None:
    person.page.get_by_role("link", name="Temagruppens register").first.click()
    person.reads(ELSEWHERE)


def offers(person: Person) -> Locator:
    return person.page.locator(".notice").filter(has_text=OFFER)


def text_of(person: Person) -> Locator:
    return person.page.get_by_label("Beskrivning")


def test_one_letter_beside_an_offer_destroys_nothing(maja: Person, issue: Issue) -> None:
    text_of(maja).press_sequentially("x")
    leaves(maja)

    opens(maja, issue)

    expect(offers(maja)).to_have_count(2)
    expect(offers(maja).filter(has_text=re.compile("”(xMörkt.|Mörkt.x)”, i dag "))).to_have_count(1)
    assert re.search(
        r"”Tre lampor är släckta vid trappan\.”, i dag \d\d\.\d\d\.",
        offers(maja).filter(has_text=OLDER).inner_text(),
    )
    older = offers(maja).filter(has=maja.page.get_by_text(OLDER, exact=True))
    older.get_by_role("button", name="Lägg tillbaka det").click()
    expect(text_of(maja)).to_have_value(OLDER)


def test_a_letter_that_is_taken_away_again_leaves_the_offer(maja: Person, issue: Issue) -> None:
    text_of(maja).press_sequentially("x")
    text_of(maja).fill("Mörkt.")
    leaves(maja)

    opens(maja, issue)

    expect(offers(maja)).to_have_count(1)
    expect(offers(maja)).to_contain_text(OLDER)


def test_what_is_put_back_changes_places_with_what_stood_there(maja: Person) -> None:
    maja.writes("Beskrivning", NEWER)

    offers(maja).get_by_role("button", name="Lägg tillbaka det").click()

    expect(text_of(maja)).to_have_value(OLDER)
    expect(offers(maja)).to_have_count(1)
    offers(maja).get_by_role("button", name="Lägg tillbaka det").click()
    expect(text_of(maja)).to_have_value(NEWER)


def test_what_is_sent_beside_an_offer_leaves_the_offer(maja: Person, issue: Issue) -> None:
    maja.writes("Beskrivning", NEWER)

    maja.presses("Spara")

    maja.reads(ELSEWHERE)
    issue.refresh_from_db()
    assert issue.text == NEWER
    opens(maja, issue)
    expect(offers(maja)).to_have_count(1)
    expect(offers(maja)).to_contain_text(OLDER)


def test_thrown_away_it_is_gone_and_what_was_written_since_is_not(maja: Person, issue: Issue) -> None:
    maja.writes("Beskrivning", NEWER)
    offers(maja).get_by_role("button", name="Släng texten").click()
    expect(offers(maja)).to_have_count(0)
    expect(text_of(maja)).to_have_value(NEWER)
    leaves(maja)

    opens(maja, issue)

    expect(offers(maja)).to_have_count(1)
    expect(offers(maja)).to_contain_text(NEWER)


def test_one_of_two_is_thrown_away_where_they_are_told_of(maja: Person, issue: Issue) -> None:
    maja.writes("Beskrivning", NEWER)
    leaves(maja)
    told = maja.page.locator(".notice").filter(has_text=ELSEWHERE)
    expect(told).to_have_count(2)

    told.filter(has=maja.page.get_by_text(NEWER, exact=True)).get_by_role("button", name="Släng texten").click()

    opens(maja, issue)
    expect(offers(maja)).to_have_count(1)
    expect(offers(maja)).to_contain_text(OLDER)


def test_what_was_refused_stays_open_beside_the_draft_of_another_answer(
    enter: Enter, representative: Member, technical: Organisation
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    omar = enter(representative)
    omar.opens(action.get_absolute_url())
    omar.page.locator("summary", has_text="Nej, inte nu").click()
    omar.page.locator("[name=nej-text]").fill("Vi hinner inte före jul.")
    omar.page.locator("summary", has_text="Ja, vi gör det").click()
    omar.page.get_by_label("Annan dag").check()

    omar.page.get_by_role("button", name="Svara ja").click()

    expect(omar.page.locator("[name=nej-text]")).to_have_value("Vi hinner inte före jul.")
    expect(omar.page.locator(".error-summary")).to_be_visible()
    expect(omar.page.locator("[name=nej-text]")).to_be_hidden()


def seeks(person: Person, passage: str) -> None:
    person.opens("/maskera/")
    person.writes("Vad ska maskeras?", passage)
    person.presses("Visa var det står")


def test_the_reason_of_a_masking_waits_at_that_masking_alone(enter: Enter, coordinator: Member) -> None:
    IssueFactory(text="Kim Fiktiv och Bo Påhittad har setts.")
    maja = enter(coordinator)
    seeks(maja, "Kim Fiktiv")
    maja.writes("Skäl", "Fel.")
    assert "fiktiv" not in maja.page.evaluate("sessionStorage.utkast").lower()

    for elsewhere in ("/", "/maskera/"):
        maja.opens(elsewhere)
        expect(maja.page.locator("[data-draft]")).to_have_count(0)
    seeks(maja, "Bo Påhittad")
    expect(maja.page.locator("[data-draft]")).to_have_count(0)
    expect(maja.page.get_by_label("Skäl")).to_have_value("")

    seeks(maja, "kim  fiktiv")
    expect(maja.page.get_by_label("Skäl")).to_have_value("Fel.")


def test_what_is_written_about_one_thing_is_not_offered_about_another(
    enter: Enter, representative: Member, coordinator: Member
) -> None:
    """A report about an issue, and the form that several observations share its address with others."""
    first, second = IssueFactory.create_batch(2)
    seen = ObservationFactory.create_batch(3)
    about = "/rapportera/?arende={}", "Berätta", (first.number, second.number), "Rapportera"
    of = "/sortera/markerade/avvisa/?{}", "Skäl", (marked(seen[:2]), marked(seen[1:])), "Avvisa"
    for person, (address, field, things, page) in zip(
        (enter(representative), enter(coordinator)), (about, of), strict=True
    ):
        person.opens(address.format(things[0]))
        person.writes(field, OLDER)

        person.opens(address.format(things[1]))

        expect(offers(person)).to_have_count(0)
        expect(person.page.get_by_label(field)).to_have_value("")
        person.page.locator(".notice").filter(has_text=ELSEWHERE).get_by_role("link", name=page).click()
        expect(person.page).to_have_url(re.compile(re.escape(address.format(things[0]))))
        expect(person.page.get_by_label(field)).to_have_value(OLDER)


def marked(observations: list[Observation]) -> str:
    return "&".join(f"o={observation.pk}" for observation in observations)


def test_a_page_whose_name_is_a_sentence_ends_once_where_it_is_named(enter: Enter, coordinator: Member) -> None:
    maja = enter(coordinator)
    maja.opens(f"{MeetingFactory(chair=coordinator).get_absolute_url()}?ordna=1")
    maja.page.get_by_label("Punkten med ord").fill("Gästen berättar")

    leaves(maja)

    told = maja.page.locator(".notice").filter(has_text=ELSEWHERE)
    expect(told).to_contain_text("rubriker än så länge. Det skrevs i dag")
