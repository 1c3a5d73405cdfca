"""What the panels of the start page show, gathered from all floors and asked for only by the panel that shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import capital, in_words, number_word
from issues.counting import WaitingCount
from issues.escalating import suggested
from issues.models import (
    ATTENTION,
    AccessGrant,
    Action,
    ActionStatus,
    Answer,
    Event,
    Issue,
    Observation,
    in_order_of_need,
    keys_of_remaining,
    neediest_first,
    with_actions,
)
from issues.models.access_grant import AccessGrantQuerySet
from issues.models.follower import keys_of_latest_in_followed
from issues.models.observation import ObservationQuerySet
from issues.models.observation_lists import Queue
from issues.naming import newly_named
from issues.news import NewsLine, events_by_key, keys_of_news, line_of
from issues.notices import ASKED, TELLS
from issues.rules import may_report, may_triage
from issues.suggesting import Suggestion, suggest
from issues.texts.action import own_headline
from issues.way_back import WayBack
from meetings.attendance import AttendanceRow, rows
from meetings.models import Approval, Approver, Meeting
from meetings.models.minutes import minutes_called, with_called
from meetings.news import MeetingNews, news_of
from meetings.texts.approving import headline as approval_headline
from meetings.texts.approving import wished_line
from meetings.texts.attendance import who_goes
from meetings.texts.meeting import day_ahead
from members.models import Member
from members.outbox.trouble import to_see_to
from temagrupp.home.meeting_panels import IN_SHORT, SHOWN, MeetingPanels

MOST = 10
"""Rows of what is told as news."""

ANSWERED, FEW = 2, 20
LATELY = timedelta(days=90)
"""So many endings of her issues stand first, as long as they are news; looked for among her latest few."""


START = "start"
"""The word in an address for the way back to the start page, of which there is one."""


def way_to_start() -> WayBack:
    return WayBack(START, 1, reverse("start"), "Tillbaka till startsidan")


class Keys(NamedTuple):
    """What the page tells of, by key: few of many, found before any of them is read."""

    undelivered: int  # how many
    named: Sequence[int]
    told: Sequence[int]
    remaining: Sequence[int]
    to_approve: Sequence[int]
    wished: Sequence[int]
    followed: Sequence[int] = ()


class StartPanels(MeetingPanels):
    """The data of the start page's panels for one member on one day, each read when it is shown."""

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
    def asks_if_it_remains(self) -> bool:
        """Whether it is asked beside an ending; the samordnare opens the issue again where she reads it."""
        return may_report(self.member) and not may_triage(self.member)

    @property
    def has_begun(self) -> bool:
        """Whether she has done what she first came for: reported, or answered a question."""
        return self.has_reported or Answer.objects.filter(by=self.member).exists()

    # Actions

    @cached_property
    def _needing_and_counts(self) -> tuple[list[Action], Counter[ActionStatus]]:
        handed_out = Action.objects.visible_to(self.member).handed_out()
        needing = handed_out.in_status(ATTENTION, self.today).in_order_of_need().with_current().with_reminders()
        first, counts = needing.first_and_counts(IN_SHORT)
        to_lift = suggested(first, self.today) if may_triage(self.member) else {}
        for action in first:
            action.suggestion = to_lift.get(action.pk, "")
        return first, counts

    @property
    def needing(self) -> list[Action]:
        """The actions that need attention: a question back, silent, late, to be reviewed; the most needed first."""
        return self._needing_and_counts[0]

    @property
    def way_here(self) -> WayBack:
        return way_to_start()

    @property
    def needing_counts(self) -> Counter[ActionStatus]:
        """The number of actions that need attention, by what they need."""
        return self._needing_and_counts[1]

    @cached_property
    def _assigned_and_taken_back(self) -> list[Action]:
        """The unended actions of her organisations, what is needed most first, and what was taken back of late."""
        actions = Action.objects.visible_to(self.member).assigned_to(self.member.organisation_ids).handed_out()
        rows = actions.open_or_taken_back_since(self.lately).with_current()
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

    @property
    def promised_besides(self) -> str:
        """How many of them the page does not show: Fyra åtaganden till."""
        more = len(self.promised) - IN_SHORT
        return f"{capital(in_words(more, 'åtagande', 'åtaganden', neuter=True))} till" if more > 0 else ""

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
    def _events(self) -> list[Any]:
        keys = {*self._keys.told, *self._keys.followed, *self._keys.remaining}
        return events_by_key(self.member, keys) if keys else []

    @cached_property
    def followed(self) -> list[Event]:
        """What last happened in the issues that she follows, the latest first; nothing for one outside the group."""
        latest: list[Event] = [event for event in self._events if event.pk in self._keys.followed]
        Event.load_sources(latest)
        return latest

    @property
    def remaining(self) -> list[Event]:
        """Where a reporter has said that the problem remains, and the group has not gone on with it; to who leads."""
        return [event for event in self._events if event.pk in self._keys.remaining]

    @property
    def has_remaining(self) -> bool:
        return bool(self.remaining)

    @property
    def has_followed(self) -> bool:
        return bool(self.followed)

    # What a mail has told her, or would have

    @cached_property
    def news(self) -> list[NewsLine]:
        """What no other panel tells, the latest first; of lines that say the same of one page the latest."""
        told = [event for event in self._events if event.pk in self._keys.told]
        lines = [line_of(event, self.member) for event in told if not self._shows(event)]
        lines += [NewsLine(line, meeting.get_absolute_url(), at) for line, meeting, at in self._of_meetings]
        of_each: dict[tuple[str, str], NewsLine] = {}
        for line in sorted(lines, key=lambda each: each.at, reverse=True):
            of_each.setdefault((line.line, line.url), line)
        return list(of_each.values())[:MOST]

    @property
    def has_news(self) -> bool:
        return bool(self.news)

    @property
    def _of_meetings(self) -> Iterator[MeetingNews]:
        """Of meetings to come, less what the page says of the nearest anyway, and of the minutes of the last."""
        coming, last, off = self._meetings
        told = (self.meeting, self.called_off) if self.member.is_in_group else ()
        return news_of(filter(None, [*coming, *off, last]), self.member, told=told, table_of=self._table_of)

    def _table_of(self, meeting: Meeting) -> list[AttendanceRow]:
        return self.table if meeting == self.meeting else rows(meeting)

    def _shows(self, event: Event) -> bool:
        """Whether another panel has it: as what waits on her, as the latest that she follows, or as an ending."""
        if event.kind == Event.Kind.CLOSED and event.issue_id in self._endings_shown:
            return True
        is_asked = ASKED in TELLS[event.kind] and event.action_id in self._asked_shown
        with_her = event.answer_id is not None and event.answer_id in self._answers_shown
        return is_asked or with_her or event in self.followed or event.pk in self._keys.remaining

    @cached_property
    def _endings_shown(self) -> set[int | None]:
        ended = {event.issue_id for event in self.followed if event.issue.is_closed}
        return ended | {observation.issue_id for observation in (*self.answered, *self.reported)}

    @cached_property
    def _asked_shown(self) -> set[int]:
        return {action.pk for action in self.to_answer[:SHOWN]} if self.member.organisation_ids else set()

    @cached_property
    def _answers_shown(self) -> set[int | None]:
        return {action.current.answer_id for action in self.needing} if may_triage(self.member) else set()

    # What is seldom there

    @cached_property
    def _keys(self) -> Keys:
        """What she is told of, and how many mails did not reach: in one query."""
        remaining = keys_of_remaining(self.member, SHOWN) if may_triage(self.member) else Event.objects.none()
        to_approve = Approver.objects.waited_for(self.member).values("meeting")[:MOST]
        named, told = self._newly_named[:MOST].values("pk"), keys_of_news(self.member, self.lately)
        known = [named, told, remaining, to_approve, Approval.objects.wished_of(self.member).values("pk")[:MOST]]
        if self.member.is_in_group:
            known.append(keys_of_latest_in_followed(self.member, SHOWN))
        hers: Any = Member.objects.filter(pk=self.member.pk)
        undelivered, *found = hers.values_list(self._undelivered, *map(ArraySubquery, known)).get()
        return Keys(undelivered, *(keys or () for keys in found))

    @property
    def _newly_named(self) -> AccessGrantQuerySet:
        return newly_named(self.member, self.lately)

    @property
    def _undelivered(self) -> Any:
        """The number of mails that are hers to look after."""
        return to_see_to(self.member).number_to_look_at()

    @cached_property
    def to_approve(self) -> list[Meeting]:
        """The meetings whose minutes she is to approve, the latest first."""
        keys = self._keys.to_approve
        if not keys:
            return []
        return list(with_called(Meeting.objects.visible_to(self.member).filter(pk__in=keys)).order_by("-starts_at"))

    @property
    def approvals_in_words(self) -> str:
        return approval_headline([minutes_called(meeting) for meeting in self.to_approve])

    @property
    def has_to_approve(self) -> bool:
        return bool(self.to_approve)

    @cached_property
    def wished(self) -> list[tuple[str, Approval]]:
        """What approvers want put right in minutes that she leads or writes: who, and where it stands."""
        found = Approval.objects.with_meeting().filter(pk__in=self._keys.wished) if self._keys.wished else []
        return [(wished_line(wish, minutes_called(wish)).removesuffix("."), wish) for wish in found]

    @cached_property
    def named(self) -> list[AccessGrant]:
        """What she has been named on of late and has not opened yet."""
        return list(self._newly_named.filter(pk__in=self._keys.named)) if self._keys.named else []

    @property
    def has_been_named(self) -> bool:
        return bool(self.named)

    @property
    def undelivered_in_words(self) -> str:
        """To whom looks after the mail: Två mejl kom inte fram som de skulle."""
        number = self._keys.undelivered
        they = "de" if number > 1 else "det"
        return (
            f"{capital(in_words(number, 'mejl', 'mejl', neuter=True))} kom inte fram som {they} skulle."
            if number
            else ""
        )

    # In words

    @property
    def answers_in_words(self) -> str:
        """The headline of one who answers: Mötet är på onsdag. Två frågor väntar på svar från er.

        When the deputy goes instead of the ordinary, both are told so.
        """
        waits = own_headline(Counter(action.status_on(self.today) for action in self.assigned))
        if not (self.meeting or self.called_off):
            return waits
        going = (
            "" if self.called_off or not self.meeting else who_goes(self.table, self.meeting, self.member, self.today)
        )
        return f"{going or self.calendar_in_words} {waits}"

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
        meetings = [item.meeting for item in self.own_items if item.meeting.is_coming]
        days = [meeting.day for meeting in meetings if meeting.day >= self.today]
        return f"Din punkt tas upp {day_ahead(min(days), self.today)}." if days else "Välkommen."
