"""What people do in the register, told in a few words each; every word they look for stands on the screen."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from members.models import Member
from tests.browser.person import Person
from tests.factories import PASSWORD


def signs_in(person: Person, member: Member) -> None:
    person.opens("/")
    person.writes("E-postadress", member.email)
    person.writes("Lösenord", PASSWORD)
    person.presses("Logga in")


def reports(
    person: Person, category: str, where: str, text: str, *, unsafe: str = "", for_meeting: bool = False
) -> None:
    person.goes_to("Rapportera")
    person.chooses(category)
    person.writes("Var?", where)
    if unsafe:
        person.chooses(unsafe)
    person.writes("Berätta", text)
    if for_meeting:
        person.chooses("Bör tas upp på mötet")
    person.presses("Skicka observationen")
    person.reads_heading("Tack")


def begins_an_issue(coordinator: Person, seen: str, title: str) -> None:
    coordinator.beside(seen).follows("Nytt ärende")
    coordinator.writes("Rubrik", title)
    coordinator.presses("Öppna ärendet")


def attaches_to_the_suggested(coordinator: Person, seen: str) -> None:
    coordinator.beside(seen).presses("Koppla till ärende")


def plans_a_meeting(coordinator: Person) -> None:
    coordinator.goes_to("Möten")
    coordinator.follows("Planera ett möte")
    coordinator.writes("Dag", (timezone.localdate() + timedelta(days=1)).isoformat())
    coordinator.writes("Börjar", "13:00")
    coordinator.writes("Slutar", "15:00")
    coordinator.writes("Plats", "Sessionssalen")
    coordinator.picks("Ordförande", coordinator.name)
    coordinator.picks("Sekreterare", coordinator.name)
    coordinator.presses("Planera mötet")


def speaks_of(secretary: Person, heading: str, note: str, measures: dict[str, str]) -> None:
    """Note what is said of the item before her, and decide on measures: what is asked of which organisation."""
    secretary.reads_heading(heading)
    for what, organisation in measures.items():
        secretary.writes("Vad ska göras", what)
        secretary.picks("Ansvarig", organisation)
        secretary.presses("Spara")
    secretary.writes("Notering", note)
    secretary.presses("Spara och")


def opens_question(person: Person, title: str) -> None:
    """From the start page, where what waits for an answer stands."""
    person.goes_to("Start")
    person.follows(title)
