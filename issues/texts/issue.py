"""How an issue tells where it stands and how it is judged, and how a list of them does.

Pure functions over what is already loaded: give them an issue with its actions from `with_actions()`. They ask the
database nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone

from base.swedish.words import (
    StateSentence,
    capital,
    day_and_month,
    in_words,
    listed,
    number_word,
)
from issues.models import Action, Event, Issue, IssueStatusFilter
from issues.texts.action import action_state

LISTED = {
    IssueStatusFilter.OPEN: ("öppet ärende", "öppna ärenden"),
    IssueStatusFilter.WAITING: ("ärende väntar på svar", "ärenden väntar på svar"),
    IssueStatusFilter.NEW: ("nytt ärende", "nya ärenden"),
    IssueStatusFilter.ON_HOLD: ("ärende vilar", "ärenden vilar"),
    IssueStatusFilter.CLOSED_THIS_YEAR: ("ärende avslutat i år", "ärenden avslutade i år"),
    IssueStatusFilter.CLOSED: ("avslutat ärende", "avslutade ärenden"),
    IssueStatusFilter.ALL: ("ärende", "ärenden"),
}
INFLUENCE = {Issue.Degree.LOW: "liten", Issue.Degree.MIDDLE: "måttlig", Issue.Degree.HIGH: "stor"}
"""A possibility is not of the same gender as a need, whose degrees the model has in words."""


@dataclass(frozen=True)
class Alike:
    """Actions that need the same of somebody, and how an issue tells of them."""

    states: tuple[str, ...]
    one: str
    many: str

    def predicate(self, number: int) -> str:
        return self.one if number == 1 else self.many

    def verdict(self, sentences: list[StateSentence]) -> str:
        """One that is silent or late tells its days, as on its own page; several are counted."""
        number = len(sentences)
        if number == 1 and self.states[0] in {"silent", "overdue"}:
            return f"En åtgärd {_lower(sentences[0].verdict)}"
        return f"{capital(in_words(number, 'åtgärd', 'åtgärder'))} {self.predicate(number)}."


# What needs somebody most comes first; one question stands in one group only.
TOLD_IN_ORDER = (
    Alike(("silent",), "väntar på svar för länge", "väntar på svar för länge"),
    Alike(("overdue",), "är försenad", "är försenade"),
    Alike(("question",), "väntar på samordnaren", "väntar på samordnaren"),
    Alike(("waiting",), "väntar på svar", "väntar på svar"),
    Alike(("ongoing", "accepted"), "är på gång", "är på gång"),
    Alike(("new",), "är ett utkast", "är utkast"),
    Alike(("declined",), "är avböjd", "är avböjda"),
    Alike(("done",), "är klar", "är klara"),
)


def ending_state(issue: Issue, today: date) -> StateSentence:
    """How a closed issue ended, where its feedback stands beside."""
    when = f"Avslutat {day_and_month(timezone.localdate(issue.closed_at), today=today)}."
    return StateSentence("closed", f"{issue.get_outcome_display()}.", when)


def event_words(event: Event, issue: Issue) -> str:
    """An event of the timeline; the feedback of a closed issue stands first on its page and is not said again."""
    said = event.kind == Event.Kind.CLOSED and issue.is_closed
    return event.text.replace(f" {issue.feedback}", "", 1) if said else event.text


def issue_state(issue: Issue, today: date) -> StateSentence:
    """Where an issue stands: its own state first, then what its actions need most."""
    if issue.is_closed:
        return _closed(issue, today)
    tally = _tally(issue.actions.all(), today)
    if issue.state == Issue.State.ON_HOLD:
        return StateSentence("hold", "Vilar.", _rest(tally))
    if not tally:
        verdict = "Nytt." if issue.state == Issue.State.NEW else "Öppet."
        return StateSentence("new", verdict, "Ingen åtgärd är föreslagen än.")
    (group, sentences), *others = tally
    return StateSentence(sentences[0].state, group.verdict(sentences), _rest(others), sentences[0].words)


def in_told_order(actions: Iterable[Action], today: date) -> list[Action]:
    """What needs somebody most first, as the issue's own sentence tells of it; what was taken back last."""
    order = [state for group in TOLD_IN_ORDER for state in group.states]
    return sorted(actions, key=lambda action: [*order, "closed"].index(action_state(action, today).state))


def priority_words(issue: Issue) -> str:
    """Hög: stort behov, stor möjlighet att påverka"""
    need = f"{issue.get_need_display().lower()} behov" if issue.need else ""
    influence = f"{INFLUENCE[Issue.Degree(issue.influence)]} möjlighet att påverka" if issue.influence else ""
    judged = ", ".join(filter(None, [need, influence]))
    if issue.priority is None:
        return f"Inte satt än: {judged}" if judged else "Inte satt än"
    level = "Hög" if issue.priority >= 6 else "Medel" if issue.priority >= 3 else "Låg"
    return f"{level}: {judged}"


def kind_words(issue: Issue) -> str:
    """Plats eller företeelse, belysning"""
    kind = str(issue.get_kind_display())
    category = issue.category.name if issue.category else kind
    return kind if category == kind else f"{kind}, {category.lower()}"


def list_words(standing: IssueStatusFilter, total: int, counted: str, waiting: int, silent: int) -> str:
    """23 öppna ärenden. Sex väntar på svar, tre av dem för länge. `counted` says a total too large to count."""
    one, many = LISTED[standing]
    if not total:
        return f"Inga {many}."
    words = f"{capital(in_words(total, one, many, neuter=True)) if total <= 12 else f'{counted} {many}'}."
    if standing == IssueStatusFilter.WAITING:
        return f"{words} {_who(silent, total)} har väntat för länge." if silent else words
    if not waiting:
        return words
    who = _who(waiting, total)
    if silent == waiting:
        return f"{words} {who} har väntat på svar för länge."
    late = f", {number_word(silent, neuter=True)} av dem för länge" if silent else ""
    return f"{words} {who} väntar på svar{late}."


# Private


def _who(number: int, total: int) -> str:
    """How many of those just told of: Sex, Alla; Det where there is but one."""
    return "Alla" if number == total > 1 else "Det" if total == 1 else capital(number_word(number, neuter=True))


def _lower(words: str) -> str:
    """The first letter small, the rest as it stands."""
    return words[:1].lower() + words[1:]


def _tally(actions: Iterable[Action], today: date) -> list[tuple[Alike, list[StateSentence]]]:
    """The groups that have any action, in order of need; what was taken back is not told of."""
    sentences = [action_state(action, today) for action in actions if action.state != Action.State.CANCELLED]
    sorted_in = [(group, [s for s in sentences if s.state in group.states]) for group in TOLD_IN_ORDER]
    return [(group, members) for group, members in sorted_in if members]


def _rest(tally: list[tuple[Alike, list[StateSentence]]]) -> str:
    """Två är på gång och en är avböjd."""
    told = [f"{number_word(len(s))} {group.predicate(len(s))}" for group, s in tally]
    return f"{capital(listed(told))}." if told else ""


def _closed(issue: Issue, today: date) -> StateSentence:
    ending = ending_state(issue, today)
    return replace(ending, rest=f"{ending.rest} {issue.feedback}")
