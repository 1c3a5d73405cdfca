"""A whole meeting by keyboard: thirteen organisations, twenty-five people, and minutes that tell of all of it.

A deputy steps in at item 6, two are there from one organisation, guests have no account, two write at once, and three
answer at the table.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from issues.models import Action, Answer, Escalation, Issue
from meetings.models import AgendaItem, Decision, Meeting, OrganisationAtMeeting, Presence
from meetings.starting import start_meeting
from members.actor import Actor, Channel
from members.models import Organisation
from tests.browser.cast import Cast, cast
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, MemberFactory, OrganisationFactory, SeatFactory
from tests.the import the

__all__ = ["cast"]

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", ["desktop by keyboard"], indirect=True)]

TECHNICAL = "Tekniska förvaltningen"
LAMPS = "Lys upp skolgården"
LIGHT, FENCE, PATROLS = "Laga belysningen", "Laga staketet", "Gå förbi på kvällarna"
SCHOOL, TUNNEL, PARK = "Oro kring Förlagaskolan", "Mörkt i tunneln", "Sena kvällar i parken"
PEOPLE = 25
IN_WORDS = """Hilda Attrapp, fältassistent, Polisen
Ragnar Utkast, projektledare, Trafikverket
"""


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Under way: thirteen organisations with somebody in each place; three of them have a question to answer."""
    for number in range(8):
        organisation = OrganisationFactory(name=f"Bolag {number + 1} AB", kind=Organisation.Kind.COMPANY)
        SeatFactory(member=MemberFactory(name=f"Vera Påhitt {number + 1}", organisation=organisation))
    tunnel = IssueFactory(title=TUNNEL, state=Issue.State.OPEN, opened_by=cast.coordinator)
    for title, of in ((LIGHT, cast.street_manager), (FENCE, cast.teacher), (PATROLS, cast.officer)):
        asked = {"organisation": of.seats.get().organisation, "answer_due": in_days(-3)}
        asked["asked_at"] = timezone.now() - timedelta(days=20)
        ActionFactory(issue=tunnel, title=title, **{f"assignment__{name}": fact for name, fact in asked.items()})
    for title in (SCHOOL, PARK):
        IssueFactory(title=title, state=Issue.State.NEW, opened_by=cast.coordinator)
    meeting = Meeting.plan(starts_at=timezone.now(), by=Actor.of(cast.coordinator), chair=cast.officer)
    start_meeting(meeting, by=Actor.of(cast.coordinator))
    assert meeting.organisations.count() == 13
    return meeting


def test_a_whole_meeting_is_held_by_keyboard(enter: Enter, cast: Cast, meeting: Meeting) -> None:
    maja, ali = enter(cast.coordinator), enter(cast.officer)
    everybody_is_noted(maja, cast, meeting)
    three_answer_at_the_table(maja, meeting)
    two_write_at_once(maja, ali, meeting)
    one_answers_what_is_proposed_here(maja, meeting)
    it_is_decided(maja, meeting)
    it_is_closed_with_minutes(maja, cast, meeting)


def everybody_is_noted(maja: Person, cast: Cast, meeting: Meeting) -> None:
    """All who are expected at once, the deputy from item 6, the others in words, one a line."""
    maja.opens(reverse("meetings:attendance", args=[meeting.pk]))
    maja.presses("Alla som väntas är närvarande")
    part = maja.unfolds(f"Del av mötet, {TECHNICAL}")
    part.picks("Till och med punkt", "5 Gemensam lägesbild, laget runt")
    part.picks("Därefter", "Gun Prototyp (ersättare)")
    more = maja.unfolds("Lägg till fler deltagare")
    others = "".join(f"Gäst {n} Påhittsson, konsult, Föreningen {n}\n" for n in range(PEOPLE - 16))
    maja.page.get_by_label("En person på varje rad").fill(IN_WORDS + others)  # pasted
    assert more.page.get_by_label("En person på varje rad").input_value()
    maja.presses("Spara")

    assert meeting.presences.count() == PEOPLE
    assert not meeting.organisations.exclude(state=OrganisationAtMeeting.State.REPRESENTED).exists()
    omar, gun = (Presence.objects.get(member=member) for member in (cast.street_manager, cast.traffic_engineer))
    assert (omar.span, gun.span) == (", punkt 1–5", ", från punkt 6")
    assert meeting.presences.filter(organisation=cast.officer.organisation).count() == 2


def three_answer_at_the_table(maja: Person, meeting: Meeting) -> None:
    def at_its_item(title: str) -> Person:
        maja.opens(the(meeting.items.filter(action__title=title).first()).get_absolute_url())
        return maja

    yes = at_its_item(LIGHT).unfolds("Ja, vi gör det")
    yes.chooses_first("När är det klart?")
    yes.presses("Svara ja")
    maja.reads(f"{TECHNICAL} svarade på mötet: åtar sig")

    no = at_its_item(FENCE).unfolds("Nej, inte nu")
    no.chooses("Ryms inte i budget")
    no.writes("Skriv skälet", "Det är inte med i planen.")
    no.writes("Vad händer härnäst?", "Det prövas i nästa plan.")
    no.presses("Svara nej")
    maja.reads("avböjer")

    also = at_its_item(PATROLS).unfolds("Ja, vi gör det")
    also.chooses_first("När är det klart?")
    also.presses("Svara ja")
    maja.reads("Polisen svarade på mötet: åtar sig")

    assert Answer.objects.filter(channel=Channel.MEETING).count() == 3


def two_write_at_once(maja: Person, ali: Person, meeting: Meeting) -> None:
    """What the chair wrote meanwhile is shown to the secretary, and hers is saved when she has put them together."""
    item = item_of(meeting, SCHOOL)
    for writer in (maja, ali):
        writer.opens(item.get_absolute_url())
    ali.writes("Notering", "Polisen berättar.")
    ali.reads("Sparat")
    maja.writes("Notering", "Skolan berättar.")
    maja.reads("Ali Ritning ändrade noteringen")
    maja.reads("Polisen berättar.")
    maja.writes("Notering", "Polisen berättar. Skolan berättar.")
    maja.presses("Spara")

    ali.writes("Notering", "Polisen återkommer.")
    ali.reads("Maja Exempel ändrade noteringen")
    ali.reads("Polisen berättar. Skolan berättar.")
    ali.writes("Notering", "Polisen berättar. Skolan berättar. Polisen återkommer.")
    ali.presses("Spara")

    item.refresh_from_db()
    assert item.note == "Polisen berättar. Skolan berättar. Polisen återkommer."


def one_answers_what_is_proposed_here(maja: Person, meeting: Meeting) -> None:
    """The organisation is asked and answers in the same minute, and its answer waits for the meeting to close."""
    maja.opens(item_of(meeting, SCHOOL).get_absolute_url())
    maja.writes("Vad ska göras", LAMPS)
    maja.picks("Ansvarig", TECHNICAL)
    maja.presses("Spara")
    maja.picks(f"Svar från {TECHNICAL}", "Ja")
    maja.among("När är det klart?").writes("Eller i ord", f"hösten {in_days(366).year}")
    maja.presses("Spara")
    maja.reads("Gäller när mötet avslutas.")
    assert Answer.objects.filter(channel=Channel.MEETING).count() == 3


def it_is_decided(maja: Person, meeting: Meeting) -> None:
    maja.opens(item_of(meeting, SCHOOL).get_absolute_url())
    maja.picks("Slag", "Hänskjut frågan")
    maja.unfolds("Mer: till vem").writes("Till vem", "skolnämnden")
    maja.presses("Spara")
    maja.reads("Gruppen hänskjuter frågan till skolnämnden.")

    maja.opens(item_of(meeting, PARK).get_absolute_url())
    maja.picks("Slag", "Bordlägg frågan")
    maja.presses("Spara")
    maja.reads("Gruppen bordlägger frågan till nästa möte.")

    maja.opens(the(meeting.items.filter(action__title=FENCE).first()).get_absolute_url())
    maja.picks("Slag", "Eskalera en åtgärd")
    maja.unfolds("Mer: till vem").picks("Vilken åtgärd", f"{FENCE}: till kommunledningsgruppen")
    maja.presses("Spara")
    maja.reads("till kommunledningsgruppen.")


def it_is_closed_with_minutes(maja: Person, cast: Cast, meeting: Meeting) -> None:
    maja.follows("Avsluta mötet")
    maja.reads("En åtgärd eskaleras")
    maja.reads("Gruppen hänskjuter frågan till skolnämnden.")
    maja.presses("Avsluta mötet")
    maja.reads("Mötet är avslutat.")

    meeting.refresh_from_db()
    assert meeting.is_closed
    assert Answer.objects.filter(channel=Channel.MEETING).count() == 4
    assert Action.objects.get(title=LAMPS).state == Action.State.ACCEPTED
    assert Escalation.objects.get().action == Action.objects.get(title=FENCE)
    assert [decision.kind for decision in Decision.objects.at(meeting)] == ["escalate", "propose", "refer", "defer"]
    assert item_of(the(meeting.following()), PARK).continues == item_of(meeting, PARK)

    maja.opens(reverse("meetings:minutes_detail", args=[meeting.pk]))
    for words in (
        "Omar Prov, ordinarie, punkt 1–5; Gun Prototyp, ersättare, från punkt 6",
        "Hilda Attrapp",
        "Ragnar Utkast, projektledare, Trafikverket",
        "Polisen berättar. Skolan berättar. Polisen återkommer.",
        f"{TECHNICAL} svarade på mötet: åtar sig",
        "Gruppen bordlägger frågan till nästa möte.",
    ):
        maja.reads(words)


def item_of(meeting: Meeting, title: str) -> AgendaItem:
    item: AgendaItem = meeting.items.get(title=title, action=None)
    return item
