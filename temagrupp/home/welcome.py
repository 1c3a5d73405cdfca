"""The welcome of a new member: what she is here, until she has done what she first came for or dismisses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from base.swedish.words import listed
from issues.rules import may_report, may_triage
from members.models import Seat
from members.rules import answers_for_somebody
from temagrupp.home.panels import StartPanels
from temagrupp.home.preparation import Preparation


@dataclass(frozen=True)
class Welcome:
    """A sentence or two, with a button where the first thing to do does not stand right below."""

    words: str
    act: str = ""
    url: str = ""


def welcome(panels: StartPanels) -> Welcome | None:
    """The welcome for this member, or None for one who has begun, and for a reader or guest, whose page says it all."""
    if panels.member.welcomed:
        return None
    greet = next((greet for suits, greet in WELCOMES if suits(panels)), None)
    return greet(panels) if greet else None


def _samordnare(panels: StartPanels) -> Welcome | None:
    """While the register is being set up; who takes over a running one has the list of what remains."""
    preparation = Preparation(panels)
    first = next((task for task in preparation.tasks if task.left), None)
    if first is None or not preparation.is_beginning:
        return None
    return Welcome("Du är samordnare och lägger upp gruppens register, ett steg i taget.", first.what, first.url)


def _asked(panels: StartPanels) -> Welcome | None:
    words = (
        "Gruppen har föreslagit en åtgärd för er. Svara ja med en dag eller nej med ett skäl, begär komplettering "
        "eller skicka vidare."
    )
    return None if panels.has_begun else Welcome(f"{_place(panels)} {words}")


def _of_the_group(panels: StartPanels) -> Welcome | None:
    words = "Här rapporterar du det du har sett, och läser vad som görs åt det."
    return None if panels.has_begun else Welcome(f"{_place(panels)} {words}")


def _handler(panels: StartPanels) -> Welcome | None:
    words = "När gruppen föreslår en åtgärd för er står den här, och du svarar på den."
    return None if panels.has_begun else Welcome(f"{_place(panels)} {words}")


def _place(panels: StartPanels) -> str:
    """Her place in a sentence: Du är ersättare för Tekniska förvaltningen. · Du är handläggare för Polisen."""
    seats = panels.member.seats.current().select_related("organisation")
    if not seats:
        return (
            f"Du är handläggare för {listed([str(organisation) for organisation in panels.member.answers_for.all()])}."
        )
    places = listed([f"{seat.get_role_display().lower()} för {seat.organisation}" for seat in seats])
    is_deputy = all(seat.role == Seat.Role.DEPUTY for seat in seats)
    return f"Du är {places}." + (" Du går på mötet när den ordinarie har förhinder." if is_deputy else "")


WELCOMES: tuple[tuple[Callable[[StartPanels], bool], Callable[[StartPanels], Welcome | None]], ...] = (
    (lambda panels: may_triage(panels.member), _samordnare),
    (lambda panels: bool(answers_for_somebody(panels.member) and panels.to_answer), _asked),
    (lambda panels: may_report(panels.member), _of_the_group),
    (lambda panels: answers_for_somebody(panels.member), _handler),
)
"""Whom each suits, the first that does."""
