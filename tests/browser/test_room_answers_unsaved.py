"""What is typed and chosen of an answer at the table and not saved: it stands whatever becomes of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Locator, expect

from meetings.models import AgendaItem, ItemDraft, Meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import IssueFactory
from tests.meetings.at_table import asking
from tests.meetings.meetings import item_of, under_way

pytestmark = pytest.mark.browser

HALF = "Vilken av lamporna"
THEIRS = "Ska de bytas eller lagas?"
WHO = "Tekniska förvaltningen"


@pytest.fixture
def item(coordinator: Member, technical: Organisation) -> AgendaItem:
    IssueFactory(title="Mörkt i tunneln")
    item = item_of(under_way(coordinator), "Mörkt i tunneln")
    asking(item, technical, by=Actor.of(coordinator))
    return item


@pytest.fixture
def maja(enter: Enter, coordinator: Member, item: AgendaItem) -> Person:
    maja = enter(coordinator)
    maja.opens(item.get_absolute_url())
    return maja


def row(person: Person) -> Locator:
    return person.page.get_by_role("group", name=WHO, exact=True)


def begins(person: Person, words: str) -> None:
    """She chooses that they ask something, and types it."""
    row(person).get_by_label(f"Svar från {WHO}").select_option("question")
    row(person).get_by_label("Kommentar").press_sequentially(words)


def wait_until_kept(person: Person, item: AgendaItem, **facts: object) -> None:
    """Until the register has it, by itself."""
    for _ in range(50):
        if ItemDraft.objects.filter(item=item, **facts).exists():
            return
        person.page.wait_for_timeout(100)
    raise AssertionError(list(ItemDraft.objects.values()))


def questions(person: Person) -> list[str]:
    """What the browser asks her before it leaves the page, which it then does."""
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    person.page.on("dialog", leave)
    return asked


def shows(person: Person, words: str) -> None:
    expect(row(person).get_by_label(f"Svar från {WHO}")).to_have_value("question")
    expect(row(person).get_by_label("Kommentar")).to_have_value(words)


def test_half_an_answer_stands_in_its_row_when_the_page_is_read_anew(maja: Person, item: AgendaItem) -> None:
    asked = questions(maja)
    begins(maja, HALF)
    wait_until_kept(maja, item, text=HALF)

    maja.page.reload()

    shows(maja, HALF)
    maja.reads(f"Utkastet till svar från {WHO}, skrivet av Maja Exempel")
    assert asked == []


def test_what_is_chosen_without_a_word_stands_when_the_page_is_read_anew(maja: Person, item: AgendaItem) -> None:
    row(maja).get_by_label(f"Svar från {WHO}").select_option("accepted")
    row(maja).get_by_label("Datum").fill("2031-02-03")
    maja.page.keyboard.press("Tab")
    wait_until_kept(maja, item, choices={"kind": ["accepted"], "planned": ["2031-02-03"]})

    maja.page.reload()

    expect(row(maja).get_by_label("Datum")).to_have_value("2031-02-03")


def test_an_answer_that_the_register_has_not_got_is_asked_about_before_the_page_is_left(maja: Person) -> None:
    asked = questions(maja)
    maja.page.route("**/utkast/**", lambda route: route.abort())
    maja.page.evaluate("navigator.sendBeacon = () => false")
    row(maja).get_by_label(f"Svar från {WHO}").select_option("accepted")
    maja.reads("registret svarar inte")

    maja.page.reload()

    assert asked == ["beforeunload"]
    maja.complaints.clear()


def test_two_who_write_the_same_answer_at_once_both_read_both(
    maja: Person, enter: Enter, representative: Member, item: AgendaItem
) -> None:
    Meeting.objects.update(secretary=representative)
    omar = enter(representative)
    omar.opens(item.get_absolute_url())
    begins(omar, THEIRS)
    omar.reads("Utkastet är sparat ")

    begins(maja, HALF)

    expect(row(maja).get_by_text("Så står det i registret:")).to_be_visible()
    expect(row(maja).get_by_role("blockquote")).to_contain_text(THEIRS)
    shows(maja, HALF)
    shows(omar, THEIRS)
    row(maja).get_by_label("Kommentar").fill(f"{THEIRS} {HALF}")
    maja.presses("Spara")
    maja.reads("Svaret från Tekniska förvaltningen gäller när mötet avslutas.")
    assert not ItemDraft.objects.filled().exists()


def test_a_chord_leads_to_the_answers_at_the_table(maja: Person) -> None:
    maja.page.keyboard.press("Alt+KeyV")

    expect(row(maja).get_by_label(f"Svar från {WHO}")).to_be_focused()
