"""The sentences about an issue: its state, priority and kind; and about a list of issues.

Pure functions over what is already loaded: give them an issue with its actions from `with_actions()`. They ask the
database nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import groupby

from django.utils import timezone

from base.swedish.words import (
    StateSentence,
    capital,
    day_and_month,
    in_words,
    listed,
    number_word,
)
from issues.models import ATTENTION, Action, ActionStatus, Issue, IssueStatusFilter, in_order_of_need, remains
from issues.texts.action import action_state
from members.models import Member

LISTED = {
    IssueStatusFilter.OPEN: ("öppet ärende", "öppna ärenden"),
    IssueStatusFilter.WAITING: ("ärende med obesvarad åtgärd", "ärenden med obesvarad åtgärd"),
    IssueStatusFilter.NEW: ("nytt ärende", "nya ärenden"),
    IssueStatusFilter.ON_HOLD: ("vilande ärende", "vilande ärenden"),
    IssueStatusFilter.CLOSED_THIS_YEAR: ("ärende avslutat i år", "ärenden avslutade i år"),
    IssueStatusFilter.CLOSED: ("avslutat ärende", "avslutade ärenden"),
    IssueStatusFilter.ALL: ("ärende", "ärenden"),
}
INFLUENCE = {Issue.Degree.LOW: "liten", Issue.Degree.MIDDLE: "måttlig", Issue.Degree.HIGH: "stor"}
"""A possibility is not of the same gender as a need, whose degrees the model has in words."""


PREDICATES = {
    ActionStatus.QUESTION: ("väntar på samordnaren", "väntar på samordnaren"),
    ActionStatus.SILENT: ("har inte fått svar i tid", "har inte fått svar i tid"),
    ActionStatus.LATE: ("är försenad", "är försenade"),
    ActionStatus.REVIEW: ("ska stämmas av", "ska stämmas av"),
    ActionStatus.WAITING: ("väntar på svar", "väntar på svar"),
    ActionStatus.UNDER_WAY: ("pågår", "pågår"),
    ActionStatus.DRAFT: ("är ett utkast", "är utkast"),
    ActionStatus.DECLINED: ("är avböjd", "är avböjda"),
    ActionStatus.DONE: ("är klar", "är klara"),
}
"""How an issue tells of its actions, one and many of each status. What was taken back it does not tell of."""


def ending_state(issue: Issue, today: date) -> StateSentence:
    """The state of a closed issue, where its feedback is shown beside."""
    when = f"Avslutat {day_and_month(timezone.localdate(issue.closed_at), today=today)}."
    return StateSentence("closed", f"{issue.outcome_name}.", when)


def issue_state(issue: Issue, today: date) -> StateSentence:
    """The state of an issue: its own first, then what its actions need most."""
    if issue.is_closed:
        return _closed(issue, today)
    if issue.is_struck:
        return StateSentence("withdrawn", "Struket.", "Upplagt av misstag.")
    tally = _tally(issue.actions.all(), today)
    if issue.state == Issue.State.ON_HOLD:
        return StateSentence("hold", "Vilande.", _rest(tally, names=True), _on_hold(tally, today))
    if remains(issue):
        return StateSentence("new", "Problemet kvarstår.", _rest(tally, names=True))
    if not tally:
        verdict = "Nytt." if issue.state == Issue.State.NEW else "Öppet."
        return StateSentence("new", verdict, "Ingen åtgärd är föreslagen än.")
    (status, actions), *others = tally
    first = action_state(actions[0], today)
    alone_silent = status == ActionStatus.SILENT and len(actions) == 1
    verdict = first.verdict if alone_silent else _verdict(status, len(actions), first)
    words = verdict, _rest(others, names=alone_silent), first.words
    return StateSentence(status.glyph, *words, waits_on=partial(_waits_on, actions))


def priority_words(issue: Issue) -> str:
    """The priority in words: Hög: stort behov, stor möjlighet att påverka."""
    need = f"{issue.get_need_display().lower()} behov" if issue.need else ""
    influence = f"{INFLUENCE[Issue.Degree(issue.influence)]} möjlighet att påverka" if issue.influence else ""
    judged = ", ".join(filter(None, [need, influence]))
    if issue.priority is None:
        return f"Inte satt än: {judged}" if judged else "Inte satt än"
    level = "Hög" if issue.priority >= 6 else "Medel" if issue.priority >= 3 else "Låg"
    return f"{level}: {judged}"


def kind_words(issue: Issue) -> str:
    """The kind and category: Plats eller företeelse, belysning."""
    kind = str(issue.get_kind_display())
    category = issue.category.name if issue.category else kind
    return kind if category == kind else f"{kind}, {category.lower()}"


def beside_title(issue: Issue) -> str:
    """The category and the place of an issue, for the line beside its title: without what the title says already."""
    facts = [str(issue.category or issue.get_kind_display()), issue.where]
    return " · ".join(fact for fact in facts if fact and fact.casefold() not in issue.title.casefold())


def tried_about(issue: Issue) -> str:
    """The issue in which a measure was tried, and how it ended: Ärende 2025-4, Mörkt på torget: delvis åtgärdat."""
    place = f", {issue.where}" if issue.where and issue.where.casefold() not in issue.title.casefold() else ""
    ending = issue.outcome_name.lower() or "inte avslutat"
    return f"Ärende {issue.number}, {issue.title}{place}: {ending}."


def list_words(status: IssueStatusFilter, total: int, counted: str, waiting: int, silent: int) -> str:
    """The headline of the list: 23 öppna ärenden. Sex väntar på svar … `counted` says a total too large to count."""
    one, many = LISTED[status]
    if not total:
        return f"Inga {many}."
    words = f"{capital(in_words(total, one, many, neuter=True) if total <= 12 else f'{counted} {many}')}."
    if status == IssueStatusFilter.WAITING:
        return f"{words} {_who(silent, total)} har passerat svarsdagen." if silent else words
    if not waiting:
        return words
    who = _who(waiting, total)
    if silent == waiting:
        return f"{words} {who} väntar på svar och har passerat svarsdagen."
    late = f", {number_word(silent, neuter=True)} av dem har passerat svarsdagen" if silent else ""
    return f"{words} {who} väntar på svar{late}."


# Private


def _on_hold(tally: list[tuple[ActionStatus, list[Action]]], today: date) -> str:
    """The few words of one that is on hold, when something in it has waited too long; else empty."""
    if not tally or tally[0][0] not in ATTENTION:
        return ""
    _, actions = tally[0]
    return f"Vilande, {_lower(action_state(actions[0], today).words)}"


def _waits_on(actions: list[Action], member: Member) -> bool:
    """Whether one of the actions waits on her."""
    return any(action.waits_on(member) for action in actions)


def _who(number: int, total: int) -> str:
    """How many of those just mentioned: Sex, Alla; Det where there is but one."""
    return "Alla" if number == total > 1 else "Det" if total == 1 else capital(number_word(number, neuter=True))


def _lower(words: str) -> str:
    """The first letter small, the rest as it stands."""
    return words[:1].lower() + words[1:]


def _tally(actions: Iterable[Action], today: date) -> list[tuple[ActionStatus, list[Action]]]:
    """The actions of an issue by status, in order of need."""
    by_status = groupby(in_order_of_need(actions, today), lambda action: action.status_on(today))
    return [(status, list(alike)) for status, alike in by_status if status in PREDICATES]


def _predicate(status: ActionStatus, number: int) -> str:
    one, many = PREDICATES[status]
    return one if number == 1 else many


def _verdict(status: ActionStatus, number: int, first: StateSentence) -> str:
    """The verdict of the neediest status: of one that is late with its days, of several with their number."""
    if number == 1 and status == ActionStatus.LATE:
        return f"En åtgärd är {_lower(first.verdict)}"
    return f"{capital(in_words(number, 'åtgärd', 'åtgärder'))} {_predicate(status, number)}."


def _rest(tally: list[tuple[ActionStatus, list[Action]]], *, names: bool = False) -> str:
    """The statuses in a sentence: Två pågår och en är avböjd; `names` says what they are of, once."""
    counted = [f"{number_word(len(alike))} {_predicate(status, len(alike))}" for status, alike in tally]
    if counted and names:
        status, alike = tally[0]
        counted[0] = f"{in_words(len(alike), 'åtgärd', 'åtgärder')} {_predicate(status, len(alike))}"
    return f"{capital(listed(counted))}." if counted else ""


def _closed(issue: Issue, today: date) -> StateSentence:
    ending = ending_state(issue, today)
    return replace(ending, rest=f"{ending.rest} {issue.feedback}")
