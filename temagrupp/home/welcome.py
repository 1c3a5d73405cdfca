"""The welcome of a new member: her place and what to do first, until it is done or she dismisses it."""

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


def welcome(panels: StartPanels) -> Welcome | None:
    """The welcome for this member, or None for one who has begun."""
    if panels.member.welcomed:
        return None
    greet = next((greet for suits, greet in WELCOMES if suits(panels)), None)
    return greet(panels) if greet else None


def _samordnare(panels: StartPanels) -> Welcome | None:
    first = next((task for task in Preparation(panels).tasks if task.left), None)
    words = (
        "Det här är gruppens gemensamma register, och du håller ihop det: du sorterar det som rapporteras, "
        "håller mötena och följer upp svaren."
    )
    return Welcome(words, first.what, first.url) if first else None


def _asked(panels: StartPanels) -> Welcome:
    words = (
        f"{_place(panels)} Gruppen har frågat er om något. Svara ja med en dag, nej med ett skäl, "
        "ställ en fråga eller skicka vidare: det tar en minut."
    )
    return Welcome(words, "Svara på den första frågan", f"{panels.to_answer[0].get_absolute_url()}#svar")


def _of_the_group(panels: StartPanels) -> Welcome | None:
    if panels.has_reported:
        return None
    words = (
        f"{_place(panels)} Här rapporterar du det du ser, läser vad det blev av det och svarar på det "
        "gruppen frågar om. En misstanke räcker."
    )
    return Welcome(words, "Rapportera något du har sett", reverse("issues:report"))


def _handler(panels: StartPanels) -> Welcome:
    words = f"{_place(panels)} När gruppen föreslår något för er står frågan här, och du svarar på den."
    return Welcome(words, "Läs ärendena som rör er", reverse("issues:list"))


def _reader(panels: StartPanels) -> Welcome:
    words = "Här läser du vad gruppen arbetar med: ärenden, vem som har frågan och vad mötena har kommit fram till."
    return Welcome(words, "Läs de öppna ärendena", reverse("issues:list"))


def _guest(panels: StartPanels) -> Welcome:
    words = "Du är inbjuden att tala om en punkt på gruppens möte. Det är den punkten du ser här."
    item = next(iter(panels.own_items), None)
    return Welcome(words, "Läs din punkt", item.get_absolute_url()) if item else Welcome(words)


def _place(panels: StartPanels) -> str:
    """Her place in a sentence: Du är ersättare för Tekniska förvaltningen. · Du svarar för Witalabostäder AB."""
    seats = panels.member.seats.current().select_related("organisation")
    if not seats:
        return f"Du svarar för {listed([str(organisation) for organisation in panels.member.answers_for.all()])}."
    places = listed([f"{seat.get_role_display().lower()} för {seat.organisation}" for seat in seats])
    is_deputy = all(seat.role == Seat.Role.DEPUTY for seat in seats)
    return f"Du är {places}." + (" Du går på mötet när den ordinarie inte kan." if is_deputy else "")


WELCOMES: tuple[tuple[Callable[[StartPanels], bool], Callable[[StartPanels], Welcome | None]], ...] = (
    (lambda panels: may_triage(panels.member), _samordnare),
    (lambda panels: bool(answers_for_somebody(panels.member) and panels.to_answer), _asked),
    (lambda panels: may_report(panels.member), _of_the_group),
    (lambda panels: answers_for_somebody(panels.member), _handler),
    (lambda panels: follows_from_the_side(panels.member), _reader),
    (lambda panels: is_guest(panels.member), _guest),
)
"""Whom each suits, the first that does."""
