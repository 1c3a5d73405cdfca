"""The words of an escalation: to whom, since when, and what they decided."""

from __future__ import annotations

from datetime import date

from django.utils.text import Truncator

from base.swedish.words import day_and_month, sentence
from issues.models import Action, Escalation, Event

LONGEST_IN_SHORT = 200
CAN_STILL_ANSWER = "Ni kan fortfarande svara."


def escalated_words(action: Action, today: date) -> str:
    """Eskalerad till kommunledningsgruppen 3 december, dnr KS 2026/12. Väntar på beslut. · … Beslut 9 maj: Ja.

    Empty where it is not.
    """
    lifted = Escalation.of(action)
    if lifted is None:
        return ""
    return f"{lifted_to(lifted, today)} {_decided(lifted, today) or _waits(action)}".strip()


def lifted_to(lifted: Escalation, today: date) -> str:
    number = f", dnr {lifted.registry_no}" if lifted.registry_no else ""
    return sentence(f"Eskalerad till {lifted.to} {day_and_month(lifted.raised_on, today=today)}{number}")


def _decided(lifted: Escalation, today: date) -> str:
    if lifted.ruling is None:
        return ""
    decision = Truncator(" ".join(lifted.ruling.decision.split())).chars(LONGEST_IN_SHORT)
    return sentence(f"Beslut {day_and_month(lifted.ruling.decided_on, today=today)}: {decision}")


def _waits(action: Action) -> str:
    """That they have not decided; of what is at an end nobody waits for it."""
    is_over = action.state in {Action.State.DONE, Action.State.CANCELLED}
    return "" if is_over else "Väntar på beslut."


def suggestion_words(to: str, *, is_reminded: bool) -> str:
    """Dags att eskalera till nämnden. · Ingen påminnelse har gått ut. Hör av dig, eller eskalera till nämnden."""
    if is_reminded:
        return f"Dags att eskalera till {to}."
    return f"Ingen påminnelse har gått ut. Hör av dig, eller eskalera till {to}."


def lifted_line(event: Event) -> str:
    """Eskalerad till kommunledningsgruppen: Byt lamporna. · Beslut från kommunledningsgruppen: Byt lamporna."""
    to = event.escalation.to if event.escalation else ""
    return f"{'Beslut från' if event.kind == Event.Kind.RULED else 'Eskalerad till'} {to}: {event.action}"
