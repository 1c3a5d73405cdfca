"""A year of the group's meetings: who came for each organisation, and what was decided and became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import ExtractYear

from base.swedish.words import sentence
from issues.models import Action
from meetings.decision_words import told_afterwards
from meetings.followed_up import asked_for, became, with_asked
from meetings.models import Decision, Meeting, OrganisationAtMeeting, Presence
from meetings.models.attendance import excused_as
from meetings.models.held import held
from meetings.models.meeting import MeetingQuerySet
from meetings.turnout import Turnout, came
from members.models import Member, Organisation

SIGN = 18
"""The width of a sign in the picture of a year, with the room after it."""


@dataclass(frozen=True)
class OrganisationYear:
    """An organisation's year: how it was at each of the meetings, in their order."""

    organisation: Organisation
    meetings: list[tuple[Meeting, Turnout]]
    excused: list[tuple[Meeting, list[Member]]] = field(default_factory=list)  # where somebody was, the ordinary first

    @property
    def counts(self) -> Counter[Turnout]:
        return Counter(turnout for _, turnout in self.meetings)

    @property
    def marks(self) -> list[tuple[int, str]]:
        """Of the picture: how far in each sign stands, and which it is."""
        return [(number * SIGN, turnout.glyph) for number, (_, turnout) in enumerate(self.meetings)]

    @property
    def width(self) -> int:
        return len(self.meetings) * SIGN

    @property
    def there(self) -> int:
        """At how many meetings somebody spoke for it."""
        return sum(turnout.is_there for _, turnout in self.meetings)

    @property
    def invited(self) -> int:
        """At how many it was of the group."""
        return sum(turnout != Turnout.OUTSIDE for _, turnout in self.meetings)


@dataclass(frozen=True)
class DecisionOutcome:
    """A decision with the meeting that took it, and in a sentence what has become of it."""

    decision: Decision
    meeting: Meeting
    became: str

    @property
    def decided(self) -> str:
        """Its words as they are told afterwards, as a sentence that another may follow."""
        return f"{sentence(told_afterwards(self.decision.text))} {self.decision.why_despite}".rstrip()


def meetings_of(year: int, meetings: MeetingQuerySet) -> list[Meeting]:
    """Those that were held that year and have closed, in the order they were held."""
    return list(meetings.closed().filter(held__year=year).order_by("held", "pk"))  # type: ignore[misc]  # by closed()


def years_of(meetings: MeetingQuerySet) -> list[int]:
    """The years that meetings were held in, the last first."""
    years = meetings.closed().annotate(held_in=ExtractYear("held")).order_by("-held_in")
    return list(years.values_list("held_in", flat=True).distinct())


def attendance_of(meetings: list[Meeting]) -> list[OrganisationYear]:
    """Each organisation that was of the group at one of the meetings, in the group's order; in one statement."""
    came_from = Presence.objects.filter(meeting=OuterRef("meeting"), organisation=OuterRef("organisation"))
    spoke = came_from.speaking()
    rows: Any = OrganisationAtMeeting.objects.filter(meeting__in=[each.pk for each in meetings])
    rows = rows.select_related("organisation", *excused_as({})).in_order()
    found: dict[Organisation, dict[int, Turnout]] = defaultdict(dict)
    excused: dict[tuple[Organisation, int], list[Member]] = {}
    sat = {"capacities": ArraySubquery(spoke.values("capacity")), "sat": ArraySubquery(came_from.values("member"))}
    for row in rows.annotate(**sat):
        found[row.organisation][row.meeting_id] = came(row.state, row.capacities)
        away = row.excused_by_place.values()
        excused[row.organisation, row.meeting_id] = [one for one in away if one.pk not in row.sat]
    return [
        OrganisationYear(
            organisation,
            [(each, turnouts.get(each.pk, Turnout.OUTSIDE)) for each in meetings],
            [(each, people) for each in meetings if (people := excused.get((organisation, each.pk)))],
        )
        for organisation, turnouts in found.items()
    ]


def decided_at(meetings: list[Meeting], member: Member) -> Any:
    """What was decided at the meetings, as far as she may know it: the last meeting first, of each in number order."""
    known = Decision.with_struck.visible_to(member).filter(item__meeting__in=[each.pk for each in meetings])
    found = with_asked(known.filter(item__removed=False))
    return found.order_by(held("item__meeting__").desc(), "-item__meeting", "year", "serial")


def outcomes(decisions: Iterable[Any], meetings: list[Meeting], member: Member, day: date) -> list[DecisionOutcome]:
    """What has become by that day of each, taken at one of the meetings; in one statement."""
    rows, held = list(decisions), {each.pk: each for each in meetings}
    actions = Action.objects.visible_to(member).filter(pk__in=asked_for(rows)).with_status(day).with_current()
    known = {action.pk: action for action in actions}
    return [DecisionOutcome(row, held[row.item.meeting_id], became(row, known, day)) for row in rows]
