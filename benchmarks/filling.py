"""A register of any size: the demo's group, and behind it years of observations, issues, actions, meetings and events.

What is open is the same at every size, for a group keeps no more open than it can follow; what grows is the history.
Every row follows from its own turn, the latest first: a larger register is the smaller one and what came before it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.utils import timezone

from base.swedish.points import point_number
from benchmarks import words
from benchmarks.held import MONTH, HeldMeetings
from issues.models import (
    AccessGrant,
    Action,
    Answer,
    Assignment,
    Category,
    Closure,
    Escalation,
    Event,
    Follower,
    Issue,
    Note,
    Observation,
    Place,
    Progress,
)
from meetings.models import (
    AgendaItem,
    Decision,
    Heading,
    Meeting,
    ProposedAction,
)
from members.models import Member

OPEN = 115
"""Issues that are open, of however many there are."""
SPOKEN_OF = 70
"""Of them those that the latest meeting has discussed."""
UNSORTED = 40
"""Observations that wait to be sorted."""
ISSUES_PER_HUNDRED = 15
IN_EACH_ISSUE = 4
ISSUES_AT_A_MEETING = 122
EVERY_RESTRICTED = 200
NOTED_IN_A_DAY = 11
NOTE_IN_EVERY = 2
FOLLOWED_OF_EVERY = 20
PROGRESS_OF_EVERY = 3
ESCALATED_OF_EVERY = 3
"""Promises."""
OPEN_STATES = [
    *(Action.State.PROPOSED, Action.State.ONGOING, Action.State.ACCEPTED, Action.State.QUESTION),
    *(Action.State.DONE, Action.State.DECLINED, Action.State.ACCEPTED),
]
ENDED_STATES = [Action.State.DONE, Action.State.DONE, Action.State.DECLINED]
ANSWERED = {
    Action.State.ACCEPTED: Answer.Kind.ACCEPTED,
    Action.State.ONGOING: Answer.Kind.ACCEPTED,
    Action.State.DONE: Answer.Kind.ACCEPTED,
    Action.State.DECLINED: Answer.Kind.DECLINED,
    Action.State.QUESTION: Answer.Kind.QUESTION,
}


class Filling(HeldMeetings):
    """The rows of what happened in the group, turn by turn."""

    # What happens

    def open_issue(self, turn: int) -> None:
        """An issue with what was seen, what was asked for and how it ended."""
        random = Random(f"issue {turn}")
        back = turn // ISSUES_AT_A_MEETING
        is_open, is_new = turn < OPEN, turn < OPEN - SPOKEN_OF
        meeting = self.meetings[back]
        opened = (
            meeting.starts_at + timedelta(hours=turn % 48) if is_new else meeting.starts_at - self.days(random, 5, 30)
        )
        restricted = turn % EVERY_RESTRICTED == EVERY_RESTRICTED - 1
        issue = self.begin(opened, Issue.State.NEW if is_new else Issue.State.OPEN, random, restricted=restricted)
        if issue.restricted:
            self.add(AccessGrant, opened, issue=issue, member=self.coordinator)
        self.tell(issue, Event.Kind.OPENED, opened, facts={"observations": IN_EACH_ISSUE})
        for nth in range(IN_EACH_ISSUE):
            seen = self.observe(random, opened - self.days(random, 0, 20), issue.category, issue.place, issue)
            self.tell(issue, Event.Kind.OBSERVED, opened + timedelta(minutes=nth), observation=seen)
        states = OPEN_STATES if is_open else ENDED_STATES
        item = None if is_new else self.discuss(issue, meeting, turn, random)
        for nth in range((0, 1, 1, 2)[turn % 4]):
            between = is_open and turn % 2  # asked without waiting for the meeting
            self.ask(issue, states[(turn + nth) % len(states)], None if between else item, opened, random)
        if turn % NOTE_IN_EVERY:
            at = opened + timedelta(hours=2)
            note = self.add(Note, at, issue=issue, text=words.sentence(random), by=self.coordinator)
            self.tell(issue, Event.Kind.NOTED, at, note=note)
        for nth, member in enumerate(self.group):
            if (turn + nth) % FOLLOWED_OF_EVERY == 0:
                self.add(Follower, opened, issue=issue, member=member)
        if not is_open:
            self.end(issue, meeting, random)

    def note(self, turn: int) -> None:
        """An observation that is noted for the picture alone; the very latest wait to be sorted."""
        random = Random(f"observation {turn}")
        seen = self.now - timedelta(days=turn / NOTED_IN_A_DAY, minutes=10)
        self.observe(random, seen, random.choice(self.categories), random.choice(self.places), is_new=turn < UNSORTED)

    def discuss(self, issue: Issue, meeting: Meeting, turn: int, random: Random) -> AgendaItem:
        """Discussed at the meeting, which noted something."""
        at = meeting.starts_at + timedelta(minutes=30)
        item: AgendaItem = self.add(
            AgendaItem,
            at,
            meeting=meeting,
            **self.agendas.last_under(Heading.Rule.NEW_ISSUES, meeting),
            issue=issue,
            kind=AgendaItem.Kind.ISSUE,
            title=issue.title,
            reason="Nytt ärende.",
            note=words.sentence(random),
            note_version=1,
            noted_by=self.coordinator,
            noted_at=at,
            discussed_at=at,
            settled=True,
        )
        self.present(item, turn, random)
        points = [point_number(item.heading.number, item.position)]
        self.tell(issue, Event.Kind.DISCUSSED, at, facts=self.at_meeting(meeting) | {"points": points})
        return item

    def ask(self, issue: Issue, state: str, item: AgendaItem | None, opened: datetime, random: Random) -> None:
        """An action and how it went; a decision of the meeting, where the issue was discussed at one."""
        at = item.meeting.starts_at + timedelta(hours=2) if item else opened + timedelta(hours=1)
        to = random.choice(self.organisations)
        since = at + random.random() * min(self.now - at, MONTH)
        done = {"done_at": since, "done_on": timezone.localdate(since), "done_note": words.sentence(random)}
        action = self.add(
            Action,
            at,
            issue=issue,
            title=words.request(random),
            text=words.sentence(random),
            state=state,
            state_since=since,
            state_by=self.coordinator,
            created_by=self.coordinator,
            updated_by=self.coordinator,
            **(done if state == Action.State.DONE else {}),
        )
        due = timezone.localdate(at) + timedelta(days=random.choice((5, 60)))
        asked = {"asked_at": at, "asked_by": self.coordinator, "answer_due": due}
        assignment = self.add(Assignment, at, action=action, organisation=to, **asked)
        points = {"action": action, "assignment": assignment}
        if item:
            number = self.number(at)
            decision = self.add(
                Decision,
                at,
                item=item,
                kind=Decision.Kind.PROPOSE,
                text=f"Föreslå {to}: {action.title}.",
                issue=issue,
                decided_by=self.coordinator,
                **number,
            )
            proposed = self.add(ProposedAction, at, decision=decision, action=action)
            facts = self.at_meeting(item.meeting) | {"decision": decision.pk, "number": decision.number}
            self.tell(issue, Event.Kind.DECIDED, at, facts=facts, **points)
        else:
            self.tell(issue, Event.Kind.PROPOSED, at, **points)
        if kind := ANSWERED.get(Action.State(state)):
            self.answer(assignment, kind, since, random)
            if item:
                self.answer_at_table(proposed, assignment, at)
            self.tell(issue, Event.Kind.ANSWERED, since, answer=assignment.answer, **points)
            if kind == Answer.Kind.ACCEPTED and action.pk % PROGRESS_OF_EVERY == 0:
                told = {"text": f"{action.pk % 6 + 1} av 6", "by": self.coordinator}
                assignment.progress = self.add(Progress, since, assignment=assignment, **told)
                self.tell(issue, Event.Kind.PROGRESS, since, progress=assignment.progress, **points)
        if state == Action.State.DECLINED and action.pk % ESCALATED_OF_EVERY == 0:
            raised = {"rung": 1, "raised_on": timezone.localdate(since), "by": self.coordinator}
            raised |= {"to": "kommunledningsgruppen", "assignment": assignment}
            action.escalation = self.add(Escalation, since, action=action, **raised)
            self.tell(issue, Event.Kind.ESCALATED, since, escalation=action.escalation, **points)
        if state == Action.State.DONE:
            self.tell(issue, Event.Kind.DONE, since, **points)

    def answer(self, assignment: Assignment, kind: str, at: datetime, random: Random) -> None:
        no: dict[str, Any] = {"reason": Answer.Reason.PRIORITY, "next_step": "Vi tar upp det i budgeten."}
        yes: dict[str, Any] = {"planned": timezone.localdate(at) + timedelta(days=random.choice((3, 90)))}
        facts = {Answer.Kind.DECLINED: no, Answer.Kind.ACCEPTED: yes}.get(Answer.Kind(kind), {})
        assignment.answer = self.add(
            Answer,
            at,
            assignment=assignment,
            kind=kind,
            text=words.sentence(random),
            by=random.choice(self.members),
            capacity=Member.Role.REPRESENTATIVE,
            given_at=at,
            **facts,
        )
        assignment.planned = assignment.answer.planned

    def end(self, issue: Issue, meeting: Meeting, random: Random) -> None:
        """Closed after the meeting, and presented at the next, if it has been held."""
        at = min(meeting.starts_at + self.days(random, 1, 25), self.now)
        outcome = random.choice(Closure.Outcome.values)
        who = {"by": self.coordinator}
        closure = self.add(Closure, at, issue=issue, outcome=outcome, feedback=words.sentence(random), at=at, **who)
        issue.state, issue.state_since, issue.closure = Issue.State.CLOSED, at, closure
        self.tell(issue, Event.Kind.CLOSED, at, closure=closure)
        back = self.meetings.index(meeting)
        if back:
            self.add(
                AgendaItem,
                at,
                meeting=self.meetings[back - 1],
                **self.agendas.last_under(Heading.Rule.FEEDBACK, self.meetings[back - 1]),
                issue=issue,
                kind=AgendaItem.Kind.ISSUE,
                title=issue.title,
                reason=str(closure)[:300],
                settled=True,
                discussed_at=self.meetings[back - 1].starts_at,
            )

    # What it is made of

    def ago(self, turn: int) -> datetime:
        """One moment after the other, backwards."""
        return self.now - timedelta(hours=7) * (turn + 1)

    def begin(self, opened: datetime, state: str, random: Random, *, restricted: bool = False) -> Issue:
        category, place = random.choice(self.categories), random.choice(self.places)
        issue: Issue = self.add(
            Issue,
            opened,
            **self.number(opened),
            opened_by=self.coordinator,
            happened_at=opened,
            updated_by=self.coordinator,
            title=words.title(category.name, random),
            text=words.sentence(random),
            category=category,
            place=place,
            where=place.name,
            restricted=restricted,
            state=state,
            state_since=opened,
            state_by=self.coordinator,
        )
        return issue

    def observe(
        self,
        random: Random,
        seen: datetime,
        category: Category | None,
        place: Place | None,
        issue: Issue | None = None,
        *,
        is_new: bool = False,
    ) -> Observation:
        reporter = random.choice(self.members)
        sorted_as = Observation.State.ATTACHED if issue else Observation.State.NOTED
        since = None if is_new else seen + timedelta(hours=6)
        observation: Observation = self.add(
            Observation,
            seen,
            reporter=reporter,
            organisation_id=reporter.organisation_id,
            category=category,
            place=place,
            where=str(place),
            seen_from=seen - timedelta(hours=2),
            text=words.sentence(random),
            issue=issue,
            unsafe=random.choice((None, 1, 2, 3)),
            recurring=random.random() < 0.3,
            state=Observation.State.NEW if is_new else sorted_as,
            state_since=since,
            state_by=None if is_new else self.coordinator,
            client_key=UUID(int=random.getrandbits(128)),
        )
        return observation

    def tell(self, issue: Issue, kind: str, at: datetime, **points: Any) -> None:
        """One event of the timeline, by the samordnare."""
        who = {"by": self.coordinator, "organisation_id": self.coordinator.organisation_id}
        if kind != Event.Kind.NOTED:
            issue.happened_at = max(issue.happened_at, at)
        self.add(Event, at, issue=issue, kind=kind, at=at, capacity=Member.Role.COORDINATOR, **who, **points)

    @staticmethod
    def days(random: Random, least: int, most: int) -> timedelta:
        return timedelta(days=least, seconds=random.randrange((most - least) * 24 * 3600))
