"""An empty register, from the command that enters the first samordnare to the minutes of the first meeting."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from issues.models import Action, Issue, Observation
from meetings.models import Meeting
from members.models import Member, Seat
from tests.browser.conftest import Enter
from tests.browser.deeds import begins_an_issue, plans_a_meeting, speaks_of
from tests.browser.person import Person

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", ["desktop"], indirect=True)]

CHOSEN = "första lampan lyser"
SEEN = "Fyra av sex lampor är släckta."
ISSUE = "Mörkt i norra gångtunneln"
MEASURE = "Laga lamporna i tunneln"
RESCUE = "Höglandets räddningstjänstförbund"
TECHNICAL = "Tekniska förvaltningen"

WHAT_TO_DO_FIRST = {
    "/": "Varje organisation utser en ordinarie och en ersättare",
    "/arenden/": "Ett ärende öppnas ur en observation",
    "/observationer/": "Har du sett något som gör en plats otrygg?",
    "/sortera/": "Nya observationer hamnar här när någon rapporterar.",
    "/atgarder/": "Åtgärder föreslås från ett ärende eller på ett möte.",
    "/moten/": "Här samlas minnesanteckningarna.",
    "/gruppen/": "Lägg till den första. Sedan lägger du till medlemmarna",
    "/gruppen/installningar/": "Gruppen har ingen logotyp.",
    "/sok/?q=lampa": "Prova ett kortare ord",
}
"""What each page says while there is nothing to show."""


def test_the_first_samordnare_comes_from_nothing_to_the_minutes_of_the_first_meeting(enter: Enter) -> None:
    call_command("add_coordinator", "maja@exempel.se", "Maja Exempel")
    maja = enter(Member.objects.get(), signed_in=False)

    chooses_a_password(maja)
    every_empty_page_says_what_to_do(maja)
    what_is_reported_too_early_is_kept(maja)
    the_group_is_entered(maja)
    the_first_observation_becomes_an_issue(maja)
    the_first_meeting_is_held(maja)
    the_documents_are_there(maja)

    assert Issue.objects.get().title == ISSUE
    assert Action.objects.get().state == Action.State.PROPOSED


def chooses_a_password(maja: Person) -> None:
    maja.opens("/")
    maja.follows("Glömt lösenordet eller här för första gången?")
    maja.writes("E-postadress", "maja@exempel.se")
    maja.presses("Skicka")
    maja.reads_heading("Titta i din e-post")
    link = re.search(r"https?://\S+", str(mail.outbox[-1].body))
    assert link
    maja.opens(link[0])
    maja.writes("Nytt lösenord", CHOSEN)
    maja.writes("Samma lösenord", CHOSEN)
    maja.presses("Spara lösenordet")
    maja.reads("Välkommen, Maja Exempel")


def every_empty_page_says_what_to_do(maja: Person) -> None:
    for address, words in WHAT_TO_DO_FIRST.items():
        maja.opens(address)
        maja.reads(words)
        maja.does_not_read("0 av 0")


def what_is_reported_too_early_is_kept(maja: Person) -> None:
    maja.goes_to("Rapportera")
    maja.chooses("Belysning")
    maja.writes("Var?", "Norra gångtunneln")
    maja.writes("Berätta", SEEN)
    maja.presses("Skicka observationen")
    maja.reads("Registret har ingen organisation än. Lägg till den första under Gruppen.")


def the_group_is_entered(maja: Person) -> None:
    maja.goes_to("Start")
    maja.follows("Ange gruppens namn")
    maja.writes("Gruppens namn", "Trygghet i Exempelstad")
    maja.presses("Spara")
    maja.goes_to("Start")
    maja.follows("Lägg till gruppens organisationer")
    for name, kind, ordinary in ((RESCUE, "Räddningstjänst", "Rolf Övning"), (TECHNICAL, "Förvaltning", "Omar Prov")):
        maja.goes_to("Gruppen")
        maja.follows("Lägg till organisation")
        maja.writes("Namn", name)
        maja.picks("Slag", kind)
        maja.presses("Lägg till organisationen")
        maja.reads("Utse nu ordinarie och ersättare.")
        maja.follows("Utse ordinarie")
        maja.follows("Lägg till en ny medlem")
        maja.writes("Namn", ordinary)
        maja.writes("E-post", f"{ordinary.split()[0].lower()}@exempel.se")
        maja.presses("Lägg till medlemmen")
        maja.reads(f"{ordinary} är ordinarie för {name} från och med i dag.")
        maja.reads("Har inte loggat in än.")
    assert Seat.objects.current().count() == 2


def the_first_observation_becomes_an_issue(maja: Person) -> None:
    maja.goes_to("Rapportera")
    maja.reads("Det du skrev är kvar.")
    expect(maja.page.get_by_label("Berätta")).to_have_value(SEEN)
    expect(maja.page.get_by_label("Belysning")).to_be_checked()
    maja.unfolds("Lägg till polisanmälan")
    maja.picks("Vilken organisation", RESCUE)
    maja.presses("Skicka observationen")
    maja.reads_heading("Tack")
    assert Observation.objects.get().text == SEEN

    maja.goes_to("Start")
    maja.follows("Sortera nya observationer")
    begins_an_issue(maja, SEEN, ISSUE)
    maja.reads("Allt är sorterat")


def the_first_meeting_is_held(maja: Person) -> None:
    plans_a_meeting(maja)
    maja.reads(ISSUE)
    maja.follows("Starta mötet …")
    maja.presses("Starta mötet i dag")
    maja.presses("Alla som väntas är närvarande")
    maja.goes_to_item("Nya ärenden")
    speaks_of(maja, ISSUE, "Alla såg det.", {MEASURE: TECHNICAL})
    maja.follows("Avsluta mötet")
    maja.presses("Avsluta mötet")
    assert Meeting.objects.filter(state=Meeting.State.CLOSED).count() == 1


def the_documents_are_there(maja: Person) -> None:
    maja.goes_to("Möten")
    maja.follows("Minnesanteckningar")
    maja.reads("Alla såg det.")
    for kind, starts in (("PDF", b"%PDF"), ("Word", b"PK")):
        address = maja.page.get_by_role("link", name=kind).first.get_attribute("href")
        assert maja.page.request.get(address or "").body().startswith(starts)

    maja.goes_to("Åtgärder")
    maja.reads(MEASURE)
