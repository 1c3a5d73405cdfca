"""The lines of what is told of an issue, as a mail and the start page have them: whole sentences, by their event."""

from __future__ import annotations

from issues.models import Answer, Assignment, Event


def asked_line(question: Assignment, *, answers: Assignment | None = None) -> str:
    """Fråga till Tekniska förvaltningen: Byt lamporna. · Komplettering till …, where it answers what they asked."""
    return f"{'Komplettering' if answers else 'Fråga'} till {question.organisation}: {question.action}"


def answered_line(event: Event) -> str:
    """Tekniska förvaltningen har svarat: Byt lamporna. · … begär komplettering: …"""
    verb = "begär komplettering" if asks_back(event) else "har svarat"
    return f"{event.organisation or event.by} {verb}: {event.action}"


def asks_back(event: Event) -> bool:
    return bool(event.answer and event.answer.kind == Answer.Kind.QUESTION)


def ended_line(event: Event, *, has_reported: bool) -> str:
    """Det du rapporterade är avslutat: Mörkt vid Åparken."""
    what = "Det du rapporterade är avslutat" if has_reported else "Ett ärende du följer är avslutat"
    return f"{what}: {event.issue.title}"


def followed_line(event: Event) -> str:
    """Nytt i ärendet du följer: Mörkt vid Åparken."""
    return f"Nytt i ärendet du följer: {event.issue.title}"
