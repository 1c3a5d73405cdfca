"""The welcome of a new member: who she is here and what to do first, until it is done or she says that she knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from base.swedish.words import listed
from issues.rules import may_report, may_triage
from members.models import Seat
from members.rules import answers_for_somebody, follows_from_the_side, is_guest
from temagrupp.home.panels import StartPanels
from temagrupp.home.preparation import Preparation


@dataclass(frozen=True)
class Welcome:
    """A sentence or two and one button. `url` is empty when there is nothing to do yet."""

    words: str
    act: str = ""
    url: str = ""


def welcome(desk: StartPanels) -> Welcome | None:
    """The welcome for this member, or None for one who has begun."""
    if desk.member.welcomed:
        return None
    greet = next((greet for suits, greet in WELCOMES if suits(desk)), None)
    return greet(desk) if greet else None


def _samordnare(desk: StartPanels) -> Welcome | None:
    first = next((task for task in Preparation(desk).tasks if task.left), None)
    words = (
        "Det här är gruppens gemensamma register, och du håller ihop det: du sorterar det som rapporteras, "
        "håller mötena och följer upp svaren."
    )
    return Welcome(words, first.what, first.url) if first else None


def _asked(desk: StartPanels) -> Welcome:
    words = (
        f"{_place(desk)} Gruppen har frågat er om något. Svara ja med en dag, nej med ett skäl, "
        "ställ en fråga eller skicka vidare: det tar en minut."
    )
    return Welcome(words, "Svara på den första frågan", f"{desk.to_answer[0].get_absolute_url()}#svar")


def _of_the_group(desk: StartPanels) -> Welcome | None:
    if desk.has_reported:
        return None
    words = (
        f"{_place(desk)} Här rapporterar du det du ser, läser vad det blev av det och svarar på det gruppen frågar om. "
        "En misstanke räcker."
    )
    return Welcome(words, "Rapportera något du har sett", reverse("issues:report"))


def _handler(desk: StartPanels) -> Welcome:
    words = f"{_place(desk)} När gruppen föreslår något för er står frågan här, och du svarar på den."
    return Welcome(words, "Läs ärendena som rör er", reverse("issues:list"))


def _reader(desk: StartPanels) -> Welcome:
    words = "Här läser du vad gruppen arbetar med: ärenden, vem som har frågan och vad mötena har kommit fram till."
    return Welcome(words, "Läs de öppna ärendena", reverse("issues:list"))


def _guest(desk: StartPanels) -> Welcome:
    words = "Du är inbjuden att tala om en punkt på gruppens möte. Det är den punkten du ser här."
    item = next(iter(desk.own_items), None)
    return Welcome(words, "Läs din punkt", item.get_absolute_url()) if item else Welcome(words)


def _place(desk: StartPanels) -> str:
    """Du är ersättare för Tekniska förvaltningen. · Du svarar för Witalabostäder AB."""
    seats = desk.member.seats.current().select_related("organisation")
    if not seats:
        return f"Du svarar för {listed([str(organisation) for organisation in desk.member.answers_for.all()])}."
    places = listed([f"{seat.get_role_display().lower()} för {seat.organisation}" for seat in seats])
    stands_in = all(seat.role == Seat.Role.DEPUTY for seat in seats)
    return f"Du är {places}." + (" Du går på mötet när den ordinarie inte kan." if stands_in else "")


WELCOMES: tuple[tuple[Callable[[StartPanels], bool], Callable[[StartPanels], Welcome | None]], ...] = (
    (lambda desk: may_triage(desk.member), _samordnare),
    (lambda desk: bool(answers_for_somebody(desk.member) and desk.to_answer), _asked),
    (lambda desk: may_report(desk.member), _of_the_group),
    (lambda desk: answers_for_somebody(desk.member), _handler),
    (lambda desk: follows_from_the_side(desk.member), _reader),
    (lambda desk: is_guest(desk.member), _guest),
)
"""Whom each suits, the first that does."""
