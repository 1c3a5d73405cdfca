"""What is typed in the room of an answer to what was asked before the meeting stands whatever becomes of the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from issues.models import Answer
from meetings.models import AgendaItem, ItemDraft, Meeting
from members.models import Member
from tests.browser.at_item import maja
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.browser.test_room_answers_unsaved import questions, wait_until_kept
from tests.meetings.asked_before import item, late

__all__ = ["item", "late", "maja"]

pytestmark = pytest.mark.browser

HALF = "Skolvägarna först"
THEIRS = "Pengarna räcker inte."
STEP = "Nej, inte nu"
FIELD = "Skriv skälet så att gruppen förstår"


def step(person: Person) -> Locator:
    return person.page.locator("details", has_text=STEP)


def begins(person: Person, words: str) -> None:
    person.page.get_by_text(STEP).click()
    step(person).get_by_label(FIELD).press_sequentially(words)


def test_half_an_answer_stands_in_its_step_to_another_when_the_page_is_gone(
    maja: Person, enter: Enter, representative: Member, item: AgendaItem
) -> None:
    asked = questions(maja)
    begins(maja, HALF)
    step(maja).get_by_label("Ryms inte i budget").check()
    wait_until_kept(maja, item, text=HALF, choices={"reason": ["budget"]})
    maja.page.close()

    Meeting.objects.update(secretary=representative)
    omar = enter(representative)
    omar.opens(item.get_absolute_url())

    expect(step(omar).get_by_label(FIELD)).to_have_value(HALF)
    expect(step(omar).get_by_label("Ryms inte i budget")).to_be_checked()
    omar.reads("Utkastet till svar, skrivet av Maja Exempel")
    assert asked == []


def test_what_is_kept_is_no_draft_of_the_browser_and_is_gone_when_it_is_sent(maja: Person, item: AgendaItem) -> None:
    asked = questions(maja)
    begins(maja, HALF)
    step(maja).get_by_label("Ryms inte i budget").check()
    wait_until_kept(maja, item, text=HALF, choices={"reason": ["budget"]})
    maja.reads("Utkastet är sparat ")
    maja.opens("/moten/")
    expect(maja.page.locator("[data-draft]")).to_have_count(0)

    maja.opens(item.get_absolute_url())
    expect(maja.page.locator("[data-draft]")).to_have_count(0)
    step(maja).get_by_label("Vad händer härnäst?").fill("I mars.")
    step(maja).get_by_label("På telefon").check()
    maja.presses("Svara nej")

    maja.reads("Noterat för Tekniska förvaltningen")
    assert Answer.objects.get().text == HALF
    assert not ItemDraft.objects.filled().exists()
    expect(maja.page.get_by_text("Skrivet men inte sparat")).to_have_count(0)
    assert asked == []


def test_two_who_type_in_one_step_at_once_both_read_both(
    maja: Person, enter: Enter, representative: Member, item: AgendaItem
) -> None:
    Meeting.objects.update(secretary=representative)
    omar = enter(representative)
    omar.opens(item.get_absolute_url())
    begins(omar, THEIRS)
    omar.reads("Utkastet är sparat ")

    begins(maja, HALF)

    expect(step(maja).get_by_text("Så står det i registret:")).to_be_visible()
    expect(step(maja).get_by_role("blockquote")).to_contain_text(THEIRS)
    expect(step(maja).get_by_label(FIELD)).to_have_value(HALF)
    expect(step(omar).get_by_label(FIELD)).to_have_value(THEIRS)
