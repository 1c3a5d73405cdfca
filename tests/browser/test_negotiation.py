"""A proposal to three is negotiated: one inside signs in, one only has its mails, one is outside the group.

Each mail leaves by SMTP and is read as it came; its link is opened in a window that nobody has signed in to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from unittest.mock import patch

import pytest
from django.test import Client, override_settings
from django.utils import timezone
from environ import Env

from benchmarks.mail_server import Caught, mail_server
from issues.models import Action, Issue
from issues.notices import TOLD_AFTER
from members.models import Organisation
from members.outbox.sending import send_due
from tests.browser.cast import Cast, cast
from tests.browser.conftest import Enter
from tests.browser.deeds import opens_question
from tests.browser.person import Person
from tests.days import in_days
from tests.factories import IssueFactory, ObservationFactory, OrganisationFactory
from tests.the import the

__all__ = ["cast"]

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("way", ["phone"], indirect=True)]

TECHNICAL, LEISURE, OUTSIDE = "Tekniska förvaltningen", "Kultur- och fritidsförvaltningen", "Trafikverket"
MAILBOX = "fritid@exempel.se"
LIGHT = "Belys gångvägen till badet"
SEEN = "Det är mörkt hela vägen från hållplatsen."
TOLD = "Gångvägen är belyst till badet. Tack för att du sa till!"


class Postman:
    """Brings what the register has sent until now, as soon as it is due, also at night."""

    def __init__(self, caught: Caught) -> None:
        self.caught = caught

    def brings(self) -> dict[str, EmailMessage]:
        """The mails, by whom each is to."""
        self.caught.mails.clear()
        with (
            override_settings(**Env.email_url_config(self.caught.url)),
            patch("members.outbox.letters.awake", lambda moment, quiet: moment),
        ):
            send_due(at=timezone.now() + TOLD_AFTER)
        return {str(mail["To"]): mail for mail in self.caught.mails}


@pytest.fixture
def postman() -> Iterator[Postman]:
    with mail_server() as caught:
        yield Postman(caught)


@pytest.fixture
def issue(cast: Cast) -> Issue:
    OrganisationFactory(name=OUTSIDE, kind=Organisation.Kind.OTHER, in_group=False, mailbox="trafik@exempel.se")
    Organisation.objects.filter(name=LEISURE).update(mailbox=MAILBOX)
    issue: Issue = IssueFactory(title="Mörkt vid badet", where="Badet", opened_by=cast.coordinator)
    ObservationFactory(issue=issue, reporter=cast.teacher, text=SEEN, state="attached")
    return issue


def link(mail: EmailMessage) -> str:
    [address] = set(re.findall(r"/besked/[^\s/]+/", the(mail.get_body(("plain",))).get_content()))
    return str(address)


def asked_of(name: str) -> Action:
    return Action.objects.filter(assignments__organisation__name=name).distinct().get()


def test_three_are_asked_and_each_answers_in_its_own_way(
    enter: Enter, cast: Cast, issue: Issue, postman: Postman
) -> None:
    maja, theirs = enter(cast.coordinator), enter(cast.youth_worker, signed_in=False)
    asks_all_three(maja, issue)
    first = postman.brings()
    assert {MAILBOX, "trafik@exempel.se", cast.street_manager.email} <= set(first)

    one_signs_in_and_says_yes(enter, cast)
    the_one_outside_says_no_on_the_telephone(maja)
    the_silent_one_is_reminded_asks_and_is_answered(maja, theirs, postman)
    it_is_lifted_and_carried_out_by_the_mails_alone(maja, theirs, postman, old=link(first[MAILBOX]))
    all_of_it_is_read_and_the_reporter_is_told(enter, cast, maja, issue)


def asks_all_three(maja: Person, issue: Issue) -> None:
    maja.opens(issue.get_absolute_url())
    maja.follows("Lägg till åtgärd")
    maja.writes("Vad ska göras", LIGHT)
    maja.writes("Varför, och vad gruppen vet", "Sju har sagt till i höst.")
    for name in (TECHNICAL, LEISURE, OUTSIDE):
        maja.page.get_by_role("checkbox", name=name, exact=True).first.check()  # the second of each is who supports
    maja.presses("Föreslå")
    maja.reads("Åtgärden är föreslagen för")


def one_signs_in_and_says_yes(enter: Enter, cast: Cast) -> None:
    omar = enter(cast.street_manager)
    opens_question(omar, LIGHT)
    yes = omar.unfolds("Ja, vi gör det")
    yes.chooses_first("När är det klart?")
    yes.presses("Svara ja")
    omar.reads("Svarat ja")


def the_one_outside_says_no_on_the_telephone(maja: Person) -> None:
    maja.opens(asked_of(OUTSIDE).get_absolute_url())
    no = maja.unfolds("Nej, inte nu")
    no.chooses("På telefon")
    no.chooses("Ryms inte i budget")
    no.writes("Skriv skälet", "Vägen är inte med i planen.")
    no.writes("Vad händer härnäst?", "Den prövas i nästa plan.")
    no.presses("Svara nej")
    maja.reads("Avböjd")


def the_silent_one_is_reminded_asks_and_is_answered(maja: Person, theirs: Person, postman: Postman) -> None:
    page = asked_of(LEISURE).get_absolute_url()
    maja.opens(page)
    maja.unfolds("Påminn").presses("Skicka påminnelsen")
    maja.reads(f"{LEISURE} är påmind.")

    reminder = postman.brings()[MAILBOX]
    assert str(reminder["Subject"]).startswith("Påminnelse, svar önskas senast")
    theirs.opens(link(reminder))
    theirs.reads_heading(LIGHT)
    back = theirs.unfolds("Begär komplettering")
    back.writes("Er fråga till gruppen", "Hela vägen eller bara backen?")
    back.presses("Begär komplettering")
    theirs.reads("Hela vägen eller bara backen?")

    brought = postman.brings()
    assert str(brought[MAILBOX]["Subject"]) == f"Ert svar är noterat: {LIGHT}"
    maja.opens(page)
    more = maja.unfolds("Lämna komplettering")
    more.writes("Komplettering", "Bara backen.")
    more.presses("Skicka kompletteringen")
    maja.reads(f"Kompletteringen är skickad till {LEISURE}.")


def it_is_lifted_and_carried_out_by_the_mails_alone(maja: Person, theirs: Person, postman: Postman, old: str) -> None:
    answered = postman.brings()[MAILBOX]
    assert str(answered["Subject"]).startswith("Komplettering, svar önskas senast")
    maja.opens("/gruppen/eskalering/")
    maja.reads_heading("Eskalering")
    maja.opens(asked_of(LEISURE).get_absolute_url())
    up = maja.unfolds("Eskalera")
    up.chooses("kommunledningsgruppen")
    up.presses("Eskalera")
    maja.reads("Åtgärden är eskalerad till kommunledningsgruppen.")

    lifted = postman.brings()[MAILBOX]
    assert str(lifted["Subject"]) == f"Eskalerad till kommunledningsgruppen: {LIGHT}"
    theirs.opens(link(lifted))
    yes = theirs.unfolds("Ja, vi gör det")
    yes.chooses_first("När är det klart?")
    yes.presses("Svara ja")
    theirs.reads(f"{LEISURE} åtar sig åtgärden.")
    later = theirs.unfolds("Ändra datumet")
    later.writes("Datum", in_days(120).isoformat())
    later.writes("Varför?", "Stolparna är försenade.")
    later.presses("Ändra datumet")
    done = theirs.unfolds("Rapportera klar")
    done.writes("Vad gjordes?", "Sex stolpar är resta i backen.")
    done.presses("Rapportera klar")
    theirs.reads("Länken har gjort sitt och slutar gälla.")
    assert Client().get(old).status_code == 410  # that of the first question has come to its end

    receipt = postman.brings()[MAILBOX]
    assert "Sex stolpar är resta i backen." in the(receipt.get_body(("plain",))).get_content()


def all_of_it_is_read_and_the_reporter_is_told(enter: Enter, cast: Cast, maja: Person, issue: Issue) -> None:
    maja.opens(asked_of(LEISURE).get_absolute_url())
    maja.reads("”Sex stolpar är resta i backen.”")
    maja.opens(issue.get_absolute_url())
    happened = maja.page.get_by_role("region", name="Vad som har hänt")
    older = happened.locator("details.more > summary")
    if older.count():
        older.click()
    told = happened.inner_text()
    for words in (
        f"Påminnelse till {LEISURE}",
        "Hela vägen eller bara backen?",
        f"Svar till {LEISURE}: Bara backen.",
        f"”{LIGHT}” eskalerad till kommunledningsgruppen.",
        "Stolparna är försenade.",
        "Sex stolpar är resta i backen.",
        "Avböjer",
        "Den prövas i nästa plan.",
        f"{LEISURE}, via länk",
    ):
        assert words in told

    assert {str(action.current.organisation): action.state for action in Action.objects.with_current()} == {
        TECHNICAL: "accepted",
        LEISURE: "done",
        OUTSIDE: "declined",
    }
    maja.follows("Avsluta …")
    maja.chooses("Delvis åtgärdat")
    maja.writes("Återkoppling i en mening", TOLD)
    maja.writes("Varför avslutas ärendet ändå?", "Tekniska förvaltningen fortsätter.")
    maja.presses("Avsluta ärendet")
    maja.reads("Delvis åtgärdat")
    elin = enter(cast.teacher)
    elin.reads(TOLD)
