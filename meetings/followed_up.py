"""What became of what was decided: at the meeting before, and of earlier decisions whose actions are still open.

Told under the heading of the previous minutes, on the page, in the room and on paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, JSONObject

from base.records import not_restricted
from base.swedish.words import capital, day_and_month, sentence
from issues.models import Action, ActionStatus, Answer, Escalation, Event, Issue, Tombstone
from issues.models.status import ENDED, NOT_ENDED
from issues.texts.action import promised
from issues.texts.escalation import escalated_words
from issues.texts.lasting import lasting_state
from meetings.decision_words import told_afterwards
from meetings.models import Decision, Meeting, Minutes, ProposedAction
from meetings.models.decision import DecisionQuerySet
from meetings.models.held import told_until
from meetings.models.meeting import MeetingQuerySet
from meetings.planning import in_passing

SHOWN = 30
"""How many are told of."""
EARLIER = "Kvar från tidigare möten"
"""The heading over what was decided before the meeting before."""
STRUCK = "Struket {}"
WHY_NOT = {
    Answer.Reason.PRIORITY: "eftersom annat går före",
    Answer.Reason.BUDGET: "eftersom det inte ryms i budget",
    Answer.Reason.BASIS: "eftersom underlaget inte räcker",
    Answer.Reason.OTHER: "av annat skäl",
}
"""The reason of a no, after whose it is."""
Kind = Decision.Kind


class HasDecision(Func):
    """Whether a content of minutes has a decision of that number."""

    function = "jsonb_path_exists"
    arg_joiner = ", '$.headings[*].items[*].decisions[*].number ? (@ == $n)', jsonb_build_object('n', "
    template = "%(function)s(%(expressions)s))"
    output_field = BooleanField()


@dataclass(frozen=True)
class FollowedDecision:
    """A decision with what became of it; `issue` is what it is about, None where that is in words, `title` its item."""

    number: str
    text: str
    became: str
    issue: Issue | None = None
    is_earlier: bool = False
    title: str = ""

    def __str__(self) -> str:
        """Beslut 2026-3, Grinden: Gruppen föreslog Polisen att … Åtar sig, planerat klart 15 december."""
        return f"{', '.join(filter(None, (f'Beslut {self.number}', self.title)))}: {self.told}"

    @property
    def told(self) -> str:
        return " ".join(filter(None, (sentence(self.text), self.became)))

    @property
    def in_order(self) -> tuple[bool, list[int]]:
        return self.is_earlier, [int(part) for part in self.number.split("-")]


class FollowedUp(list[FollowedDecision]):
    """The decisions to follow up, those of the last meetings first. `left_out` is how many more there are."""

    earlier_title = EARLIER
    left_out = 0
    left_out_openly = 0
    """How many of those are of no restricted issue."""

    @property
    def last(self) -> list[FollowedDecision]:
        """Those of the meeting before, and of short ones since."""
        return [one for one in self if not one.is_earlier]

    @property
    def earlier(self) -> list[FollowedDecision]:
        return [one for one in self if one.is_earlier]

    @property
    def more(self) -> str:
        return f"Och {self.left_out} beslut till. Deras åtgärder står i åtgärdslistan." if self.left_out else ""

    @property
    def openly(self) -> FollowedUp:
        """Those that may be on the wall and on paper: none of a restricted issue."""
        shown = FollowedUp(one for one in self if not (one.issue and one.issue.restricted))
        shown.left_out = shown.left_out_openly = self.left_out_openly
        return shown


class Decided(list[Any]):
    """Decisions to follow up; `struck` are those in the minutes of the meeting before that were struck when it had
    been reopened or was corrected."""

    struck: Sequence[dict[str, Any]] = ()


def meetings_told_of(meeting: Meeting) -> MeetingQuerySet:
    """The closed meetings that this one is to tell of, the latest first: the last that told of others, and the extra
    ones with a short agenda since.
    """
    before = _before(meeting)
    told = before.with_whole_agenda().values("held")[:1]  # type: ignore[misc]  # annotated by closed()
    return before.filter(held__gte=Coalesce(Subquery(told), F("held")))  # type: ignore[misc]  # as above


def decided_before(meeting: Meeting, decisions: DecisionQuerySet) -> Decided:
    """Those of the decisions, which she may know of, to follow up at the meeting, the last first; in two statements,
    one where no meeting has closed before it.

    Each with `asked`, the keys of its actions, `asked_of`, the key of whom the first was asked of, `is_earlier`, and
    how many there are: `all_of_them`, and of those `open_to_all`.

    The meetings are asked for by themselves: within the question of the decisions, four times over, PostgreSQL plans
    for longer than it reads.
    """
    told_of: Any = meetings_told_of(meeting)
    meetings = list(told_of.annotate(told_until=told_until(), struck=ArraySubquery(_struck(OuterRef("pk")))))
    if not meetings:
        return Decided()
    last = [one.pk for one in meetings]
    untold = _untold(next((one.told_until for one in meetings if not one.is_short), None))
    earlier = decisions.filter(untold, item__meeting__in=_before(meeting).order_by().values("pk"))
    told: Any = with_asked(decisions.filter(Q(item__meeting__in=last) | Q(pk__in=earlier.order_by().values("pk"))))
    told = told.annotate(
        is_earlier=Case(When(item__meeting__in=last, then=Value(False)), default=Value(True)),
        all_of_them=Window(Count("pk")),
        open_to_all=Window(Count("pk", filter=not_restricted("issue"))),
    )
    rows = Decided(told.order_by("is_earlier", "-year", "-serial")[:SHOWN])
    rows.struck = [told for one in meetings for told in one.struck]
    return rows


def with_asked(decisions: DecisionQuerySet) -> Any:
    """Those that have taken effect, with what `became` asks for: `asked`, the keys of the actions of each, and
    `asked_of`, the key of whom the first was asked of.
    """
    asked = ProposedAction.objects.filter(decision=OuterRef("pk")).order_by("action")
    first = asked.order_by("action", "action__assignments").values("action__assignments__organisation")[:1]
    told = decisions.exclude(serial=None).select_related("issue", "item__continued_by__meeting")
    return told.annotate(asked=ArraySubquery(asked.values("action")), asked_of=Subquery(first))


def asked_for(rows: Iterable[Any]) -> set[int]:
    """The keys of the actions that the decisions are about."""
    return {key for row in rows for key in (*row.asked, row.lifts_id) if key}


def followed_up(rows: Decided, actions: Mapping[int, Action], day: date) -> FollowedUp:
    """What had become of the decisions that day; `actions` are those that she may know of, by their keys."""
    followed = FollowedUp(
        FollowedDecision(
            row.number,
            told_afterwards(row.text),
            became(row, actions, day),
            row.issue,
            row.is_earlier,
            row.item.title,
        )
        for row in rows
    )
    followed += _told_struck(rows.struck)
    followed.sort(key=lambda one: one.in_order)
    if rows:
        followed.left_out = rows[0].all_of_them - len(rows)
        followed.left_out_openly = rows[0].open_to_all - sum(not _is_restricted(row) for row in rows)
    return followed


def became(decision: Any, known: Mapping[int, Action], day: date) -> str:
    """What had become that day of a decision of `with_asked`, in a sentence; empty for what was in words alone."""
    issue = decision.issue
    match decision.kind:
        case Kind.PROPOSE:
            return _answered([known[key] for key in decision.asked if key in known], decision.asked_of, day)
        case Kind.ESCALATE:
            return _lifted(known[decision.lifts_id], day) if decision.lifts_id in known else ""
        case Kind.DEFER:
            after = decision.item.continued_by if hasattr(decision.item, "continued_by") else None
            return f"Bordlagt till {in_passing(after.meeting, today=day)}." if after else "Bordlagt."
        case Kind.CLOSE | Kind.PAUSE | Kind.REFER:
            return f"Ärendet är {issue.get_state_display().lower()}." if issue else ""
    return ""


# Private


def _before(meeting: Meeting) -> MeetingQuerySet:
    return Meeting.objects.closed().filter(held__lt=meeting.held_at)  # type: ignore[misc]  # annotated by closed()


def _untold(told: datetime | None) -> Q:
    """Of decisions those whose actions are open, or wait for those above, and those that came to an end since the last
    meeting that told of others, which tells until then: each is told of once with how it ended.
    """
    going_on = NOT_ENDED - {Action.State.DRAFT}

    def untold(action: str) -> Q:
        lifted, ruled = f"{action}__escalation", f"{action}__escalation__ruling"
        waits = Q((f"{action}__state", Action.State.DECLINED), (ruled, None), (f"{lifted}__isnull", False))
        waits &= Q((f"{lifted}__assignment__ended_at", None))
        found = Q((f"{action}__state__in", going_on)) | waits
        if told:
            found |= Q((f"{action}__state__in", ENDED), (f"{action}__state_since__gt", told))
            found |= Q((f"{ruled}__created_at__gt", told))
        return found

    return Q(kind=Kind.PROPOSE) & untold("actions") | Q(kind=Kind.ESCALATE) & untold("lifts")


def _is_restricted(decision: Any) -> bool:
    return bool(decision.issue and decision.issue.restricted)


def _answered(actions: list[Action], asked_of: int, day: date) -> str:
    """Åtar sig, planerat klart 15 december. Of several, or of one that another has than the one who was asked, with who
    has it: Polisen: klar 3 december.
    """
    if len(actions) == 1 and actions[0].current.organisation_id == asked_of:
        return _answer(actions[0], day)
    return " ".join(_with_its_holder(action, _answer(action, day)) for action in actions)


def _lifted(action: Action, day: date) -> str:
    """Polisen avböjer, eftersom annat går före. Eskalerad till KLG 3 december. Väntar på beslut. Of what others have by
    now, who.
    """
    return _answer(action, day) if Escalation.of(action) else _with_its_holder(action, _answer(action, day))


def _with_its_holder(action: Action, answer: str) -> str:
    who = str(action.current.organisation)
    return answer if answer.startswith(who) else f"{who}: {_lower(answer)}"


def _answer(action: Action, day: date) -> str:
    """Where the action stands by the table of statuses; of a no and of no answer whose it is, of nothing else."""
    return f"{sentence(capital(_standing(action, day).rstrip(':')))} {escalated_words(action, day)}".strip()


def _standing(action: Action, day: date) -> str:
    current, status = action.current, action.status_on(day)
    if status == ActionStatus.UNDER_WAY and action.state == Action.State.ACCEPTED:
        return f"Åtar sig, {promised(current, day)}"
    if status == ActionStatus.DECLINED and current.answer:
        return f"{current.organisation} avböjer, {WHY_NOT[Answer.Reason(current.answer.reason)]}"
    if status == ActionStatus.WAITING and current.answer_due and not current.stands_still:
        return f"{current.organisation} har inte svarat än, svar senast {day_and_month(current.answer_due, today=day)}"
    return lasting_state(action, day).verdict


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _struck(meeting: OuterRef) -> QuerySet[Any]:
    """The decisions in the minutes of the meeting that stand there no longer, each with its words, why, and the key of
    its issue; where that is restricted the number alone.
    """
    told = Minutes.objects.filter(HasDecision("content", OuterRef("number")), meeting=OuterRef(meeting))
    struck = Tombstone.objects.filter(Exists(told), kind=Decision._meta.model_name)
    events = Event.objects.filter(kind=Event.Kind.STRUCK).alias(cited=KT("facts__number"))
    events = events.filter(cited=OuterRef("number")).order_by("pk")
    hidden = Exists(events.exclude(not_restricted("issue")))
    shown: dict[str, Any] = {
        "text": Case(When(hidden, then=Value("")), default=F("text"), output_field=TextField()),
        "issue": Case(When(hidden, then=None), default=Subquery(events.values("issue")[:1])),
    }
    return struck.order_by("number").values(told=JSONObject(number="number", why="why", **shown))


def _told_struck(struck: Iterable[dict[str, Any]]) -> Iterator[FollowedDecision]:
    """Each with what it was about, what it said, and when it was struck."""
    keys = [one["issue"] for one in struck if one["issue"]]
    issues = Issue.with_struck.in_bulk(keys) if keys else {}
    for one in struck:
        issue, when = issues.get(one["issue"]), one["why"].partition(" ströks ")[2]
        title = str(issue or "")
        yield FollowedDecision(one["number"], told_afterwards(one["text"]), STRUCK.format(when), issue, title=title)
