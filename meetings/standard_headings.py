"""The headings that a new template may begin with: the thirteen that the register came with."""

from __future__ import annotations

from base.swedish.words import capital
from meetings.models import Heading
from members.models import MinutesWords

Kind, Rule = Heading.Kind, Heading.Rule

STANDARD: tuple[tuple[str, str, str, str], ...] = (
    ("opening", "Öppnande och närvaro", Kind.STANDING, Rule.ATTENDANCE),
    ("agenda", "Dagordning", Kind.STANDING, ""),
    ("previous", "Föregående minnesanteckningar", Kind.STANDING, Rule.PREVIOUS),
    ("action_log", "Åtgärdslogg", Kind.RAISED, Rule.ACTION_LOG),
    ("round", "Gemensam lägesbild, laget runt", Kind.RAISED, Rule.ROUND),
    ("new_issues", "Nya ärenden", Kind.RAISED, Rule.NEW_ISSUES),
    ("ongoing_issues", "Pågående ärenden som behöver beslut", Kind.RAISED, Rule.ONGOING_ISSUES),
    ("consultations", "Remisser", Kind.RAISED, Rule.CONSULTATIONS),
    ("occasions", "Kommande tillfällen", Kind.RAISED, Rule.OCCASIONS),
    ("follow_up", "Uppföljning", Kind.FREE, ""),
    ("feedback", "Återkoppling", Kind.RAISED, Rule.FEEDBACK),
    ("other", "Övriga frågor", Kind.FREE, ""),
    ("next_meeting", "Nästa möte", Kind.STANDING, Rule.NEXT_MEETING),
)
"""Key, label, kind and rule of each, in order; the migration has them by itself."""


def standard_headings(called: MinutesWords) -> list[Heading]:
    """Them, unsaved and without an owner; the one about the meeting before by what the group calls its minutes."""
    return [
        Heading(
            number=number, key=key, label=previous(called) if rule == Rule.PREVIOUS else label, kind=kind, rule=rule
        )
        for number, (key, label, kind, rule) in enumerate(STANDARD, start=1)
    ]


def previous(called: MinutesWords) -> str:
    """The standard heading about the minutes of the meeting before."""
    return capital(called.previous)
