"""The group's own case of November 2021, from the first observation to what the reporter was told.

Unrest had reached a lower-secondary school, and motor-borne youths gathered at a car park. What the group did then
is public: more visible police, cameras and rescue staff at the school, barriers at the car park. The school's name,
the people and their words are invented.
"""

import pytest

from issues.models import Action, Issue
from meetings.models import Presence
from tests.browser.cast import CAR_PARK, SCHOOL, Cast, cast
from tests.browser.conftest import WAYS, Enter
from tests.browser.deeds import (
    attaches_to_the_suggested,
    begins_an_issue,
    opens_question,
    plans_a_meeting,
    reports,
    signs_in,
    speaks_of,
)

__all__ = ["cast"]

WITHOUT_THE_MOUSE = [way for way in WAYS if way != "desktop"]
"""On a large screen by keyboard: what is pressed there is pressed by a mouse in the other files."""
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", WITHOUT_THE_MOUSE, indirect=True)]

UNREST = "Stora grupper samlas i entrén på rasterna. Flera elever går omvägar."
EVENINGS = "Oron från skolan följer med till fritidsgården på kvällarna."
CARS = "Ett trettiotal bilar och A-traktorer, hög musik till midnatt."
MOPEDS = "Mopeder kör mellan bilarna, yngre barn ser på."

AT_SCHOOL = "Oro kring Förlagaskolan"
AT_CAR_PARK = "Bilträffar på parkeringen vid badet"

PATROLS = "Synliga poliser vid skolan på eftermiddagarna"
CAMERAS = "Kameror vid skolans entréer"
STAFF = "Personal från räddningstjänsten på skolan en vecka"
BARRIERS = "Bommar som stängs klockan 21"
CHECKS = "Trafikkontroller vid parkeringen på helgkvällarna"

TOLD = "Det är lugnare i entrén sedan fler vuxna var där. Tack för att ni sa till!"


def test_what_was_seen_is_decided_answered_done_and_told(enter: Enter, cast: Cast) -> None:
    three_organisations_report(enter, cast)
    two_issues_come_of_it(enter, cast)
    the_group_meets_with_a_deputy(enter, cast)
    the_organisations_answer(enter, cast)
    the_reporter_is_told(enter, cast)


def three_organisations_report(enter: Enter, cast: Cast) -> None:
    elin = enter(cast.teacher, signed_in=False)
    signs_in(elin, cast.teacher)
    reports(elin, "Ordningsstörning", SCHOOL, UNREST, unsafe="Ganska", for_meeting=True)

    vera = enter(cast.youth_worker)
    reports(vera, "Ordningsstörning", SCHOOL, EVENINGS)
    reports(vera, "Störande trafik", CAR_PARK, MOPEDS)

    ali = enter(cast.officer)
    reports(ali, "Störande trafik", CAR_PARK, CARS, unsafe="Lite")


def two_issues_come_of_it(enter: Enter, cast: Cast) -> None:
    maja = enter(cast.coordinator, signed_in=False)
    signs_in(maja, cast.coordinator)
    maja.follows("Sortera nya observationer")
    begins_an_issue(maja, UNREST, AT_SCHOOL)
    attaches_to_the_suggested(maja, EVENINGS)
    begins_an_issue(maja, CARS, AT_CAR_PARK)
    attaches_to_the_suggested(maja, MOPEDS)

    maja.goes_to("Ärenden")
    maja.reads(AT_SCHOOL)
    maja.follows(AT_CAR_PARK)
    maja.reads(MOPEDS)
    assert [issue.observations.count() for issue in Issue.objects.all()] == [2, 2]


def the_group_meets_with_a_deputy(enter: Enter, cast: Cast) -> None:
    maja = enter(cast.coordinator)
    plans_a_meeting(maja)
    maja.reads(AT_SCHOOL)

    omar = enter(cast.street_manager)
    omar.goes_to("Möten")
    omar.follows("Läs dagordningen")
    omar.presses("Jag kan inte")

    maja.follows("Starta mötet …")
    maja.reads("i morgon. Ska det starta redan i dag?")
    maja.presses("Starta mötet i dag")
    maja.follows("0 av")
    maja.presses("Alla som väntas är närvarande")
    maja.follows("Till mötesläget")
    maja.goes_to_item("Nya ärenden")
    speaks_of(
        maja,
        AT_SCHOOL,
        "Fler vuxna i entrén först.",
        {
            PATROLS: "Polisen",
            CAMERAS: "Barn- och utbildningsförvaltningen",
            STAFF: "Höglandets räddningstjänstförbund",
        },
    )
    speaks_of(
        maja,
        AT_CAR_PARK,
        "Badet stänger 20.30.",
        {
            BARRIERS: "Tekniska förvaltningen",
            CHECKS: "Polisen",
        },
    )
    maja.follows("Avsluta mötet")
    maja.presses("Avsluta mötet")
    maja.reads("Gun Prototyp")

    assert Presence.objects.get(member=cast.traffic_engineer).capacity == Presence.Capacity.DEPUTY
    assert Action.objects.filter(state=Action.State.PROPOSED).count() == 5


def the_organisations_answer(enter: Enter, cast: Cast) -> None:
    elin = enter(cast.teacher)
    opens_question(elin, CAMERAS)
    no = elin.unfolds("Nej, inte nu")
    no.chooses("Underlaget räcker inte")
    no.writes("Skriv skälet", "Vi vill först se vad fler vuxna ger.")
    no.writes("Vad händer härnäst?", "Vi tar upp frågan igen i mars.")
    no.presses("Svara nej")
    elin.reads("Avböjd")

    gun = enter(cast.traffic_engineer)
    opens_question(gun, BARRIERS)
    on = gun.unfolds("Skicka vidare, inte vårt ansvarsområde")
    on.picks("Ansvarig", "Kultur- och fritidsförvaltningen")
    on.writes("Meddelande", "Parkeringen hör till badet.")
    on.presses("Skicka vidare")

    vera = enter(cast.youth_worker)
    opens_question(vera, BARRIERS)
    vera.reads("Parkeringen hör till badet.")

    maja = enter(cast.coordinator)
    maja.goes_to("Åtgärder")
    maja.follows(PATROLS)
    yes = maja.unfolds("Ja, vi gör det")
    yes.chooses("På telefon")
    yes.chooses_first("När är det klart?")
    yes.presses("Svara ja")
    maja.reads("Svaret kom på telefon")

    rolf = enter(cast.fire_officer)
    opens_question(rolf, STAFF)
    yes = rolf.unfolds("Ja, vi gör det")
    yes.chooses_first("När är det klart?")
    yes.presses("Svara ja")
    done = rolf.unfolds("Rapportera klar")
    done.writes("Vad gjordes?", "Två brandmän var på skolan varje dag i en vecka.")
    done.presses("Rapportera klar")
    rolf.reads("Klar")

    assert {action.title: (action.state, str(action.current.organisation)) for action in Action.objects.all()} == {
        CAMERAS: ("declined", "Barn- och utbildningsförvaltningen"),
        BARRIERS: ("proposed", "Kultur- och fritidsförvaltningen"),
        PATROLS: ("accepted", "Polisen"),
        STAFF: ("done", "Höglandets räddningstjänstförbund"),
        CHECKS: ("proposed", "Polisen"),
    }


def the_reporter_is_told(enter: Enter, cast: Cast) -> None:
    maja = enter(cast.coordinator)
    maja.goes_to("Ärenden")
    maja.follows(AT_SCHOOL)
    maja.follows("Avsluta …")
    maja.chooses("Delvis åtgärdat")
    maja.writes("Återkoppling i en mening", TOLD)
    maja.writes("Varför avslutas ärendet ändå?", "Polisen fortsätter till lovet.")
    maja.presses("Avsluta ärendet")
    maja.reads("Delvis åtgärdat")

    elin = enter(cast.teacher)
    elin.reads(TOLD)
