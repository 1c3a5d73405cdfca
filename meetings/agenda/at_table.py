"""What was answered at a meeting: told at the point that it belongs to, which is dealt with, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from base.swedish.clock import day_of
from base.swedish.words import day_and_month, sentence
from issues.models import Action, Answer
from issues.models.action import ActionQuerySet
from issues.texts.lasting import lasting_state
from meetings.models import AgendaItem, Meeting, ProposedAction, TableAnswer
from meetings.models.agenda import Subject
from members.actor import Channel
from members.models import Member, Organisation


def answers_at(meeting: Meeting) -> QuerySet[Answer]:
    """The answers that were given at the meeting and stand: noted as such until it closed, or given by the organisation
    itself on that day after the start. A handläggare has no place there and answers from her desk.
    """
    if meeting.started_at is None or meeting.is_on_paper:
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
        self._of_decisions: dict[int, list[Answer]] = {}
        standing = [item for item in items if item.issue_id and not item.removed]
        standing.sort(key=lambda item: (item.again, item.pk), reverse=True)
        points = {item.subject: item.pk for item in standing}
        self._telling = {*points.values()}  # of an issue at two items the one that is so by itself, wherever it stands
        if not points or meeting.started_at is None:
            return
        known = Q(assignment__action__in=[action for _, action in points if action])
        known |= Q(assignment__action__in=actions.filter(issue__in=[issue for issue, _ in points]).values("pk"))
        given = answers_at(meeting).filter(known).select_related("assignment__action", "assignment__organisation")
        decided = ProposedAction.objects.filter(decision__item__meeting=meeting, decision__item__removed=False)
        given = given.annotate(decided_at=_item_of(decided, "assignment__action"))
        own = {item.pk for item in standing}
        for answer in given.select_related("passed_to").order_by("given_at", "pk"):
            action = answer.assignment.action
            if answer.decided_at in own:  # where it was decided it is answered
                self._of_decisions.setdefault(answer.decided_at, []).append(answer)
                continue
            places: list[Subject] = [(action.issue_id, action.pk), (action.issue_id, None)]
            if place := next((place for place in places if place in points), None):
                self._answers.setdefault(place, []).append(answer)

    @property
    def actions(self) -> set[int]:
        """The actions that are told at a point."""
        told = (*self._answers.values(), *self._of_decisions.values())
        return {answer.assignment.action_id for answers in told for answer in answers}

    def told_at(self, item: AgendaItem, today: date, *, is_below: bool = False) -> tuple[str, ...]:
        """The sentences of the answers at a point; but for that of its own action each says which it is about.

        So does none to the one decision there that it `is_below`.
        """
        decided = self._of_decisions.get(item.pk, [])
        return tuple(
            answer_told(answer, today)
            if item.action_id == answer.assignment.action_id or (is_below and answer in decided)
            else f"{answer.assignment.action}: {answer_told(answer, today)}"
            for answer in (*self._of(item), *decided)
        )

    def deals_with(self, item: AgendaItem) -> bool:
        """Whether something was answered at the point, or its action reported done that day after the start."""
        answered = self._of(item) or self._of_decisions.get(item.pk)
        return not item.removed and (bool(answered) or self._is_done_here(item.action))

    def state_of(self, item: AgendaItem, action: Action, today: date) -> str:
        """Where the action of a point stands; nothing where its last answer, told beside, says it all."""
        answers = self._of(item)
        says_it = bool(answers) and answers[-1] == action.current.answer
        if says_it and (action.done_at is None or answers[-1].kind == Answer.Kind.DONE):
            return ""
        return str(lasting_state(action, today))

    def _is_done_here(self, action: Action | None) -> bool:
        started_at = self.meeting.started_at
        if action is None or action.done_at is None or started_at is None:
            return False
        return action.done_at >= started_at and day_of(action.done_at) == self.meeting.day

    def _of(self, item: AgendaItem) -> list[Answer]:
        return self._answers.get(item.subject, []) if item.pk in self._telling else []


def answer_told(answer: Answer, today: date) -> str:
    """An answer in a sentence: Tekniska förvaltningen svarade på mötet: åtar sig, planerat klart 18 december."""
    return said_at_table(answer.assignment.organisation, answer, today)


def said_at_table(who: Organisation, answer: Answer | TableAnswer, today: date) -> str:
    """The same of what takes effect with the closing; with the words that were said.

    Polisen svarade på mötet: avböjer, annat går före. ”Lampan är inte vår.” Nästa steg: Frågan tas upp i januari.
    """
    match answer.kind:
        case Answer.Kind.ACCEPTED:
            verdict = f"åtar sig, {answer.planned_day.promised(today=today) if answer.planned_day else ''}"
        case Answer.Kind.DONE:
            verdict = f"har redan gjort det, {day_and_month(answer.done_on, today=today) if answer.done_on else ''}"
        case Answer.Kind.DECLINED:
            verdict = f"avböjer, {answer.get_reason_display().lower()}"
        case Answer.Kind.QUESTION:
            verdict = "begär komplettering"
        case Answer.Kind.PASSED_ON:
            verdict = f"skickar vidare till {answer.passed_to or 'samordnaren, som utser ansvarig'}"
    quoted = f"”{sentence(answer.text)}”" if answer.text else ""
    step = f"Nästa steg: {sentence(answer.next_step)}" if answer.next_step else ""
    return " ".join(filter(None, [f"{who} svarade på mötet: {verdict}.", quoted, step]))


def listed_as_answered(status: str) -> str:
    """The status of the action list, of what was answered at the meeting: Åtar sig (svar på mötet)."""
    return f"{status} (svar på mötet)"


def _item_of(decided: QuerySet[ProposedAction], action: str) -> Subquery:
    """The item where it was decided to propose the action."""
    return Subquery(decided.filter(action=OuterRef(action)).values("decision__item")[:1])
