"""What the panels of the start page show, gathered from all floors and asked for only by the panel that shows it."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cached_property

from django.db.models import QuerySet
from django.utils import timezone

from base.swedish.words import capital, in_words, number_word
from issues.counting import WaitingCount
from issues.coverage import OrganisationCoverage, Said
from issues.models import (
    ATTENTION,
    Action,
    ActionStatus,
    Answer,
    Event,
    Issue,
    Observation,
    in_order_of_need,
    latest_in_followed,
    load_points,
    neediest_first,
    with_actions,
)
from issues.models.observation import ObservationQuerySet
from issues.models.observation_lists import Queue
from issues.suggesting import Suggestion, suggest
from issues.texts.action import own_headline
from meetings.attendance import AttendanceRow, rows
from meetings.models import AgendaItem, Meeting
from meetings.round import Round
from meetings.rules import may_see_who_comes
from meetings.texts.attendance import who_goes
from meetings.texts.meeting import calendar_headline, day_ahead
from members.models import Member

SHOWN, IN_SHORT = 5, 3
"""Rows of a panel, and of one that stands below what waits on her; the rest is one link away."""

ANSWERED, FEW = 2, 20
LATELY = timedelta(days=90)
TAKEN_BACK_TOLD = timedelta(days=14)
"""So many endings of her issues stand first, as long as they are news; looked for among her latest few."""


class StartPanels:
    """The data of the start page's panels for one member on one day, each read when it is shown."""

    def __init__(self, member: Member, today: date) -> None:
        self.member = member
        self.today = today

    # The meeting

    @cached_property
    def _meetings(self) -> tuple[Meeting | None, Meeting | None]:
        return Meeting.objects.visible_to(self.member).coming_and_last()

    @property
    def meeting(self) -> Meeting | None:
        """The meeting under way, else the nearest planned."""
        return self._meetings[0]

    @cached_property
    def table(self) -> list[AttendanceRow]:
        """Who sits for each organisation at the planned meeting, and who cannot come; empty to who may not see it."""
        seen = self.meeting and self.meeting.is_planned and may_see_who_comes(self.member, self.meeting)
        return rows(self.meeting) if self.meeting and seen else []

    @property
    def last_meeting(self) -> Meeting | None:
        return self._meetings[1]

    @cached_property
    def round(self) -> Round:
        """The round so far: who has reported since the last meeting, and who has not."""
        meeting, last = self.meeting or Meeting.now(), self.last_meeting
        return Round.since(last, until=meeting) if last and last.held_at < meeting.held_at else Round.of(meeting)

    @property
    def own_words(self) -> list[OrganisationCoverage]:
        """What the organisations that she sits for have said since the last meeting, less where it is not time yet."""
        ids = self.member.seat_ids
        told = self.round.coverage.of_each if ids else []
        return [each for each in told if each.organisation.pk in ids and each.word != Said.NOT_YET]

    @property
    def sits_for_several(self) -> bool:
        return len(self.own_words) > 1

    @cached_property
    def own_items(self) -> QuerySet[AgendaItem]:
        """The items a guest has been invited to speak of."""
        items = AgendaItem.objects.visible_to(self.member).select_related("meeting")
        return items.order_by("-meeting__starts_at", "heading__number", "position")[:SHOWN]

    @property
    def has_organisations(self) -> bool:
        """Whether there are organisations yet; not so in a register that is quite new."""
        return bool(self.round.size)

    @cached_property
    def is_alone(self) -> bool:
        """Whether nobody else has been entered yet."""
        return not Member.objects.exclude(pk=self.member.pk).exists()

    # Observations

    @cached_property
    def _first_and_queue(self) -> tuple[list[Observation], Queue]:
        return Observation.objects.visible_to(self.member).first_to_triage(IN_SHORT)

    @cached_property
    def to_triage(self) -> list[tuple[Observation, Suggestion | None]]:
        """The first observations of the queue, each with the issue it seems to belong to."""
        first, _ = self._first_and_queue
        suggested = suggest(first, self.member)
        return [(observation, suggested.get(observation.pk)) for observation in first]

    @property
    def queue(self) -> Queue:
        """The number of observations that wait to be sorted."""
        return self._first_and_queue[1]

    @property
    def own(self) -> ObservationQuerySet:
        """The observations she has reported, which she always sees, each with what became of it."""
        return Observation.objects.reported_by(self.member).with_related().with_issue_for(self.member)

    @cached_property
    def _news(self) -> list[Observation]:
        """Her observations with the latest news: it came, it was sorted, its issue was closed."""
        keys = Observation.objects.reported_by(self.member).keys_of_latest_news(FEW)
        return list(self.own.filter(pk__in=keys).latest_news_first()[:FEW])

    @cached_property
    def answered(self) -> list[Observation]:
        """Those of them whose issues have been closed of late, one of each issue."""
        since, of_each = timezone.now() - LATELY, dict[int | None, Observation]()
        for observation in self._news:
            issue = observation.issue if observation.shows_issue else None
            if issue and issue.is_closed and issue.state_since and issue.state_since >= since:
                of_each.setdefault(issue.pk, observation)
        return list(of_each.values())[:ANSWERED]

    @cached_property
    def reported(self) -> list[Observation]:
        """The first of the others, with what became of them; what an issue ended with is told once."""
        told, others = {observation.issue_id for observation in self.answered}, []
        for observation in self._news:
            if observation.issue_id and observation.issue_id in told:
                continue
            others.append(observation)
            if observation.shows_issue and observation.issue and observation.issue.is_closed:
                told.add(observation.issue_id)
        return others[:IN_SHORT]

    @property
    def has_reported(self) -> bool:
        return bool(self.answered or self.reported)

    @property
    def has_begun(self) -> bool:
        """Whether she has done what she first came for: reported, or answered a question."""
        return self.has_reported or Answer.objects.filter(by=self.member).exists()

    # Actions

    @cached_property
    def _needing_and_counts(self) -> tuple[list[Action], Counter[ActionStatus]]:
        handed_out = Action.objects.visible_to(self.member).handed_out()
        needing = handed_out.in_status(ATTENTION, self.today).in_order_of_need().with_current()
        return needing.first_and_counts(IN_SHORT)

    @property
    def needing(self) -> list[Action]:
        """The actions that need attention: a question back, silent, late, to be reviewed; the most needed first."""
        return self._needing_and_counts[0]

    @property
    def needing_counts(self) -> Counter[ActionStatus]:
        """The number of actions that need attention, by what they need."""
        return self._needing_and_counts[1]

    @cached_property
    def _assigned_and_taken_back(self) -> list[Action]:
        """The unended actions of her organisations, what is needed most first, and what was taken back of late."""
        actions = Action.objects.visible_to(self.member).assigned_to(self.member.organisation_ids).handed_out()
        rows = actions.open_or_taken_back_since(timezone.now() - TAKEN_BACK_TOLD).with_current()
        return in_order_of_need(rows, self.today)

    @property
    def assigned(self) -> list[Action]:
        return [action for action in self._assigned_and_taken_back if action.state != Action.State.CANCELLED]

    @property
    def taken_back(self) -> list[Action]:
        """What her organisations need not answer or do any longer, with why."""
        return [action for action in self._assigned_and_taken_back if action.state == Action.State.CANCELLED]

    @cached_property
    def to_answer(self) -> list[Action]:
        return [action for action in self.assigned if action.is_asked]

    @cached_property
    def promised(self) -> list[Action]:
        return [action for action in self.assigned if action.is_promised]

    # Issues

    @cached_property
    def open_issues(self) -> QuerySet[Issue]:
        issues = neediest_first(Issue.objects.visible_to(self.member).open(), self.member, self.today)
        return with_actions(issues, self.member)[:SHOWN]

    @cached_property
    def closed_issues(self) -> QuerySet[Issue]:
        issues = Issue.objects.visible_to(self.member).latest_closed_first().with_related()
        return with_actions(issues, self.member)[:IN_SHORT]

    @cached_property
    def followed(self) -> list[Event]:
        """What last happened in the issues that she follows, the latest first; nothing for one outside the group."""
        latest = list(latest_in_followed(self.member, SHOWN)) if self.member.is_in_group else []
        load_points(latest)
        Event.load_sources(latest)
        return latest

    @property
    def has_followed(self) -> bool:
        return bool(self.followed)

    # In words

    @property
    def answers_in_words(self) -> str:
        """The headline of one who answers: Mötet är på onsdag. Två frågor väntar på svar från er.

        When the deputy goes instead of the ordinary, both are told so.
        """
        waits = own_headline(Counter(action.status_on(self.today) for action in self.assigned))
        if not self.meeting:
            return waits
        going = who_goes(self.table, self.meeting, self.member, self.today)
        return f"{going or calendar_headline(self.meeting, self.today)} {waits}"

    @property
    def work_in_words(self) -> str:
        """The headline of a reader: Gruppen arbetar med tio ärenden. Tre väntar på svar."""
        counted = WaitingCount.of(Issue.objects.visible_to(self.member).open(), self.today)
        if not counted.total:
            return "Gruppen har inget öppet ärende."
        work = f"Gruppen arbetar med {in_words(counted.total, 'ärende', 'ärenden', neuter=True)}."
        waiting = capital(number_word(counted.waiting, neuter=True))
        return f"{work} {waiting} väntar på svar." if counted.waiting else work

    @property
    def invitation_in_words(self) -> str:
        """The headline of a guest: Din punkt tas upp på onsdag."""
        meetings = [item.meeting for item in self.own_items if not item.meeting.is_closed]
        days = [meeting.day for meeting in meetings if meeting.day >= self.today]
        return f"Din punkt tas upp {day_ahead(min(days), self.today)}." if days else "Välkommen."
