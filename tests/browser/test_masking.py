"""The samordnare masks a name, on the phone, without script and from the keyboard: found, chosen, done, told."""

import pytest
from playwright.sync_api import expect

from base.swedish.passages import MASK
from issues.models import Issue, Observation
from members.models import Member
from tests.browser.conftest import WAYS, Enter
from tests.factories import IssueFactory, ObservationFactory

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("way", WAYS, indirect=True)
def test_a_name_is_masked_wherever_it_stands(enter: Enter, coordinator: Member) -> None:
    issue = IssueFactory(title="Klotter vid skolan", text="Kim Fiktiv har setts med färg.")
    kept = ObservationFactory(text="Kim Fiktivs cykel står kvar.")
    maja = enter(coordinator)
    maja.opens(issue.get_absolute_url())
    maja.follows("Maskera …")
    maja.writes("Vad ska maskeras?", "kim  fiktiv")
    maja.presses("Visa var det står")

    maja.reads_heading("Maskera ”kim fiktiv”")
    maja.reads("Står på två ställen.")
    maja.page.get_by_label(f"Beskrivningen av observationen {kept}").press("Space")
    maja.writes("Skäl", "Begärt av den som det gäller")
    maja.presses("Maskera på")

    maja.reads_heading("Maskerat: en uppgift")
    maja.reads(f"Beskrivningen av ärende {issue.number}")
    maja.does_not_read("Kim")
    assert Issue.objects.get().text == f"{MASK} har setts med färg."
    assert Observation.objects.get().text == "Kim Fiktivs cykel står kvar."


def test_the_tick_of_what_was_asked_about_goes_when_fewer_are_chosen(enter: Enter, coordinator: Member) -> None:
    IssueFactory.create_batch(12, title="Kim Fiktiv")
    maja = enter(coordinator)
    maja.opens("/maskera/")
    maja.writes("Vad ska maskeras?", "kim fiktiv")
    maja.presses("Visa var det står")
    maja.writes("Skäl", "Begärt av den som det gäller")
    maja.presses("Maskera på 12 ställen")
    sure, first = maja.page.get_by_label("Ja, maskera på 12 ställen"), maja.page.locator("[name=places]").first
    sure.check()

    first.uncheck()

    expect(sure).to_be_hidden()
    expect(maja.page.get_by_role("button", name="Maskera på 11 ställen")).to_be_visible()
    first.check()
    expect(sure).to_be_visible()
    expect(sure).not_to_be_checked()
    first.uncheck()
    maja.presses("Maskera på 11 ställen")
    maja.reads("Ja, maskera på 11 ställen")
    assert Issue.objects.filter(title="Kim Fiktiv").count() == 12
