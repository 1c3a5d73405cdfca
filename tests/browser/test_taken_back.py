"""What was a mistake is taken back or struck: with a reason, once, also from an old tab and after the back button."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from issues.models import Action, Issue, Observation, Tombstone
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import ActionFactory, CategoryFactory, IssueFactory, ObservationFactory

pytestmark = pytest.mark.browser

SEEN = "Kludd på rutschkanan vid Snurran."
MISTAKE = "Dubblett av ett annat ärende."


@pytest.mark.parametrize("way", ["phone", "phone without scripts"], indirect=True)
def test_a_reporter_takes_her_report_back_and_no_page_brings_its_words_again(
    enter: Enter, representative: Member, coordinator: Member
) -> None:
    CategoryFactory()
    omar, maja = enter(representative), enter(coordinator)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Var?", "Lekplatsen")
    omar.writes("Berätta", SEEN)
    omar.presses("Skicka observationen")
    maja.opens("/sortera/")
    maja.reads(SEEN)
    omar.follows("ta tillbaka den")
    omar.reads("kan inte hämtas tillbaka")
    omar.writes("Skäl", "Fel lekplats.")
    omar.presses("Ta tillbaka observationen")

    omar.reads_heading("Tillbakatagen observation")
    omar.reads("Fel lekplats.")
    tombstone = Tombstone.objects.get()
    omar.goes_back()
    if omar.page.get_by_role("button", name="Ta tillbaka observationen").count():
        omar.presses("Ta tillbaka observationen")
    omar.reads("illbakatagen")
    for address in ("/", "/observationer/?mina=1"):
        omar.opens(address)
        omar.does_not_read(SEEN)
    assert [*Tombstone.objects.all()] == [tombstone]
    assert Observation.with_withdrawn.get().text == ""
    maja.presses("Notera")
    maja.reads("illbakatagen")
    maja.does_not_read(SEEN)


def other_tab(person: Person, address: str) -> Person:
    tab = Person(person.name, person.page.context.new_page(), person.examiner)
    tab.opens(address)
    return tab


@pytest.mark.parametrize("way", ["phone", "desktop by keyboard", "phone without scripts"], indirect=True)
def test_a_mistaken_issue_is_struck_once_from_whichever_tab_and_restored(
    enter: Enter, coordinator: Member, handler: Member, housing: Organisation
) -> None:
    issue = IssueFactory(title="Sena kvällar")
    ObservationFactory(issue=issue, state="attached", text=SEEN)
    ActionFactory(issue=issue, title="Laga lyktan", assignment__organisation=housing)
    maja = enter(coordinator)
    maja.opens(issue.get_absolute_url())
    old = other_tab(maja, f"{issue.get_absolute_url()}stryk/")
    maja.follows("Stryk …")
    maja.reads("hos Witalabostäder AB tas tillbaka")
    maja.writes("Varför var det ett misstag?", MISTAKE)
    button = maja.page.get_by_role("button", name="Stryk ärendet")
    with maja.page.expect_navigation(url=f"**{issue.get_absolute_url()}"):
        button.dblclick()

    maja.reads_heading("Varför ärendet är struket")
    maja.reads(MISTAKE)
    old.writes("Varför var det ett misstag?", "Det blev fel.")
    old.presses("Stryk ärendet")
    old.reads("Ärendet är struket (Maja Exempel")
    assert issue.events.filter(kind="issue_struck").count() == 1
    old.opens(old.page.url)
    expect(old.page.get_by_role("button", name="Stryk ärendet")).to_have_count(0)
    tove = enter(handler)
    tove.reads("Återtagna av gruppen")
    tove.follows("Laga lyktan")
    tove.reads(MISTAKE)

    maja.presses("Återställ ärendet")
    maja.reads("Åtgärden i det är fortfarande återtagen.")
    maja.reads(SEEN)
    maja.goes_back()
    maja.reads_heading(issue.title)
    assert Issue.objects.get().is_open
    assert issue.events.filter(kind="restored").count() == 1


def test_a_mistaken_action_is_taken_back_with_a_reason_once(
    enter: Enter, coordinator: Member, handler: Member, housing: Organisation
) -> None:
    action = ActionFactory(issue=IssueFactory(), title="Laga lyktan", assignment__organisation=housing)
    maja = enter(coordinator)
    maja.opens(action.get_absolute_url())
    old = other_tab(maja, action.get_absolute_url())
    for tab, why in ((maja, MISTAKE), (old, "Det blev fel.")):
        form = tab.unfolds("Ta tillbaka")
        form.writes("Varför", why)
        form.presses("Ta tillbaka")

    assert Action.objects.get().state == Action.State.CANCELLED
    assert [event.text for event in action.events.filter(kind="cancelled")] == [MISTAKE]
    tove = enter(handler)
    tove.follows("Laga lyktan")
    tove.reads(MISTAKE)
