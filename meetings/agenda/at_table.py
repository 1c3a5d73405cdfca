"""What was answered at a meeting: told at the point that it belongs to, which is dealt with, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from base.swedish.clock import day_of
from base.swedish.words import day_and_month
from issues.models import Action, Answer
from issues.models.action import ActionQuerySet
from issues.texts.action import action_state
from meetings.models import AgendaItem, Meeting
from meetings.models.agenda import Subject
from members.actor import Channel
from members.models import Member

AT_THE_MEETING = "svarade på mötet"


def answers_at(meeting: Meeting) -> QuerySet[Answer]:
    """The answers that were given at the meeting and stand: noted as such until it closed, or given by the organisation
    itself on that day after the start. A handläggare has no place there and answers from her desk.
    """
    if meeting.started_at is None:
        return Answer.objects.none()
    own = Q(channel=Channel.SIGNED_IN, given_at__date=meeting.day) & ~Q(capacity=Member.Role.HANDLER)
    given = Q(given_at__gte=meeting.started_at) & (own | Q(channel=Channel.MEETING))
    if meeting.closed_at:
        given &= Q(given_at__lte=meeting.closed_at)
    return Answer.objects.filter(given, withdrawn_at=None)


class AtTable:
    """The answers that were given at a meeting, each at one of the points: that of its action, else of its issue.

    What has neither stands under the log (`answered.py`). `actions` are those that one who reads may know of; those
    that are points themselves are told whoever reads. In one query, and none before the meeting has started.
    """

    def __init__(self, meeting: Meeting, items: Iterable[AgendaItem], actions: ActionQuerySet) -> None:
        self.meeting = meeting
        self._answers: dict[Subject, list[Answer]] = {}
        points = {item.subject for item in items if item.issue_id and not item.removed}
        if not points or meeting.started_at is None:
            return
        known = Q(assignment__action__in=[action for _, action in points if action])
        known |= Q(assignment__action__in=actions.filter(issue__in=[issue for issue, _ in points]).values("pk"))
        given = answers_at(meeting).filter(known).select_related("assignment__action", "assignment__organisation")
        for answer in given.select_related("passed_to").order_by("given_at", "pk"):
            action = answer.assignment.action
            places: list[Subject] = [(action.issue_id, action.pk), (action.issue_id, None)]
            if place := next((place for place in places if place in points), None):
                self._answers.setdefault(place, []).append(answer)

    @property
    def actions(self) -> set[int]:
        """The actions that are told at a point."""
        return {answer.assignment.action_id for answers in self._answers.values() for answer in answers}

    def told_at(self, item: AgendaItem, today: date) -> tuple[str, ...]:
        """The sentences of the answers at a point; at that of an issue each says which action it is about."""
        return tuple(
            answer_told(answer, today)
            if item.action_id
            else f"{answer.assignment.action}: {answer_told(answer, today)}"
            for answer in self._of(item)
        )

    def deals_with(self, item: AgendaItem) -> bool:
        """Whether something was answered at the point, or its action reported done that day after the start."""
        return not item.removed and (bool(self._of(item)) or self._is_done_here(item.action))

    def state_of(self, item: AgendaItem, action: Action, today: date) -> str:
        """Where the action of a point stands; nothing where its last answer, told beside, says it all."""
        answers = self._of(item)
        says_it = bool(answers) and answers[-1] == action.current.answer
        if says_it and (action.done_at is None or answers[-1].kind == Answer.Kind.DONE):
            return ""
        return str(action_state(action, today))

    def _is_done_here(self, action: Action | None) -> bool:
        started_at = self.meeting.started_at
        if action is None or action.done_at is None or started_at is None:
            return False
        return action.done_at >= started_at and day_of(action.done_at) == self.meeting.day

    def _of(self, item: AgendaItem) -> list[Answer]:
        return self._answers.get(item.subject, [])


def answer_told(answer: Answer, today: date) -> str:
    """An answer in a sentence: Tekniska förvaltningen åtar sig, planerat klart 18 december, svarade på mötet."""
    who = answer.assignment.organisation
    match answer.kind:
        case Answer.Kind.ACCEPTED:
            day = answer.planned_day.promised(today=today) if answer.planned_day else ""
            words = f"{who} åtar sig, {day}"
        case Answer.Kind.DONE:
            words = f"{who} har redan gjort det, {day_and_month(answer.done_on, today=today) if answer.done_on else ''}"
        case Answer.Kind.DECLINED:
            words = f"{who} avböjer, {answer.get_reason_display().lower()}"
        case Answer.Kind.QUESTION:
            return f"{who} begär komplettering, {AT_THE_MEETING}: ”{answer.text}”"
        case Answer.Kind.PASSED_ON:
            words = f"{who} skickar vidare till {answer.passed_to or 'samordnaren, som utser ansvarig'}"
    return f"{words}, {AT_THE_MEETING}."
