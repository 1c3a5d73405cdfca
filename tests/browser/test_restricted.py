"""Begränsad spridning as people use it: a report and an issue are read by those named, and nobody else finds a word."""

from __future__ import annotations

import pytest

from issues.models import AccessGrant, Issue, Observation, Opening
from members.models import Member, Organisation
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import ActionFactory, CategoryFactory, IssueFactory, ObservationFactory

pytestmark = pytest.mark.browser

WORD = "Kvistfru"
LISTS = ("/", "/observationer/", "/arenden/", "/atgarder/", "/moten/")


def finds_nothing(person: Person, thing: Issue | Observation, *more: str) -> None:
    person.opens(f"/sok/?q={WORD[:6]}")
    person.reads_heading("Inget stämmer med")
    request = person.page.context.request
    pages = {address: request.get(address) for address in (*LISTS, *more)}
    assert [address for address, page in pages.items() if not page.ok or WORD in page.text()] == []
    answer = request.get(thing.get_absolute_url())
    assert (answer.status, WORD in answer.text()) == (404, False)


def named_on(thing: Issue | Observation) -> list[str]:
    return [str(grant.member) for grant in AccessGrant.objects.to(thing).in_order()]


@pytest.mark.parametrize("way", ["phone without scripts", "desktop by keyboard"], indirect=True)
def test_a_report_is_restricted_when_it_is_logged_and_read_by_whom_she_chose(
    enter: Enter, representative: Member, deputy: Member, coordinator: Member, officer: Member, handler: Member
) -> None:
    CategoryFactory()
    omar = enter(representative)
    omar.opens("/rapportera/")
    omar.chooses("Belysning")
    omar.writes("Var?", "Bakom kiosken")
    omar.writes("Berätta", f"{WORD} lägger paket under rampen.")
    omar.unfolds("Begränsa vilka som ser").unfolds("Andra i gruppen").chooses("Ali Ritning, Polisen")
    omar.presses("Skicka observationen")

    omar.reads_heading("En sak behöver rättas")
    assert not Observation.objects.exists()
    omar.chooses("Begränsad spridning")
    omar.page.get_by_label("Maja Exempel, samordnare").press("Space")
    omar.presses("Skicka observationen")

    omar.reads("Ses bara av Ali Ritning och dig. Ingen samordnare är namngiven, så den kan inte sorteras.")
    seen = Observation.objects.get()
    omar.opens(seen.get_absolute_url())
    for other, more in ((deputy, ()), (handler, ()), (coordinator, ("/sortera/", "/maskera/"))):
        finds_nothing(enter(other), seen, *more)
    ali = enter(officer)
    ali.opens("/observationer/")
    ali.follows("Belysning, Bakom kiosken")
    ali.reads(WORD)
    ali.follows("Vem har öppnat")
    ali.reads("Den som rapporterade, Tekniska förvaltningen")
    ali.does_not_read("Omar Prov")


@pytest.mark.parametrize("way", ["phone", "desktop by keyboard"], indirect=True)
def test_an_issue_is_restricted_people_are_named_and_unnamed_and_it_is_lifted(
    enter: Enter, coordinator: Member, representative: Member, handler: Member, housing: Organisation
) -> None:
    issue = IssueFactory(title=f"{WORD} vid rampen")
    ObservationFactory(issue=issue, state="attached", text=f"{WORD} igen.")
    ActionFactory(issue=issue, title=f"Flytta {WORD}", assignment__organisation=housing)
    maja, omar, tove = enter(coordinator), enter(representative), enter(handler)
    maja.opens(issue.get_absolute_url())
    maja.follows("Begränsa spridningen …")
    maja.reads("Witalabostäder AB är frågad i ärendet.")
    maja.writes("Varför begränsas spridningen?", "Hyresgästerna är oroliga.")
    maja.chooses("Tove Test, Witalabostäder AB")
    maja.presses("Begränsa spridningen")
    maja.reads("Ses bara av Maja Exempel (samordnare) och Tove Test.")
    finds_nothing(omar, issue)

    maja.follows("Namngivna")
    maja.chooses("Omar Prov, Tekniska förvaltningen")
    maja.presses("Namnge")
    maja.reads("Omar Prov är namngiven.")
    for reader in (tove, omar):
        reader.opens(issue.get_absolute_url())
        reader.reads(f"Flytta {WORD}")
    omar.follows("Vem har öppnat")
    omar.reads("Tove Test, Witalabostäder AB")
    assert {str(opening.member) for opening in Opening.objects.all()} == {"Maja Exempel", "Omar Prov", "Tove Test"}

    maja.follows("Ta bort Tove Test")
    maja.reads("Ingen annan som svarar för Witalabostäder AB är namngiven.")
    maja.presses("Ta bort Tove Test")
    assert named_on(issue) == ["Maja Exempel", "Omar Prov"]
    finds_nothing(tove, issue)
    maja.opens(issue.get_absolute_url())
    maja.reads("Ingen som svarar för Witalabostäder AB är namngiven")
    maja.follows("Häv begränsningen …")
    maja.reads_heading("Det som blir synligt")
    maja.writes("Varför hävs begränsningen?", "Alla vet nu.")
    maja.presses("Häv begränsningen")

    assert named_on(issue) == []
    tove.opens("/arenden/")
    tove.follows(issue.title)
    tove.reads("Alla vet nu.")
