"""The answers at the table to what the meeting proposes: written on the item, given when the meeting closes.

They come in one step with what they answer, so nobody is asked again. What was asked before is answered at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import FilteredRelation, OuterRef, Prefetch, Q
from django.utils import timezone

from base.records import EditConflict, NotAllowed, said_columns
from base.swedish.said_days import SaidDay
from base.swedish.words import listed
from issues.models import Action, Answer, Assignment
from issues.models.action import ActionQuerySet
from issues.models.assignment import ensure_goes_on
from meetings.agenda.numbers import spots_of
from meetings.models import AgendaItem, Decision, Meeting, OrganisationAtMeeting, Presence, ProposedAction, TableAnswer
from meetings.models.speaking import Speaking, spoken
from meetings.models.spot import Spot
from members.actor import Actor, Channel
from members.models import Organisation

Kind = Answer.Kind
State = OrganisationAtMeeting.State
GONE = "Åtgärden är struken, så svaret är inte sparat. Det du skrev: {}"
ASKED_ALREADY = "Åtgärden är redan föreslagen, så svaret skrivs på dess egen sida och är inte sparat. Det du skrev: {}"
ABSENT = "{} är inte noterad som närvarande."
NOTED_SO = {
    State.EXCUSED: "{} har anmält förhinder.",
    State.ABSENT: "{} är noterad som frånvarande.",
    State.VACANT: "{} är noterad som vakant.",
}
"""Why an organisation is not here, by what it is noted as; else that it is not noted."""
ABSENT_THEN = "{} är inte noterad som närvarande på punkten. Noterade: {}."
NOT_HERE = "{} Är någon därifrån här? Notera det under Närvaro, och skriv svaret sedan."
NOT_OF_THE_GROUP = "{} står inte under Närvaro, så svaret skrivs på åtgärdens sida när mötet är avslutat."
TYPED = ("planned", "planned_words", "text", "next_step")


def proposed_at(item: AgendaItem) -> list[ProposedAction]:
    """What the item proposes and nobody has been asked yet or is answered at the table, each with that answer and
    `why_absent`, where the organisation is not here."""
    theirs = Assignment.objects.current().filter(action=OuterRef(OuterRef("action"))).values("organisation")
    noted = OrganisationAtMeeting.states(item.meeting, organisation__in=theirs)
    is_open = Q(action__state=Action.State.DRAFT) | Q(answer__isnull=False)
    known = ProposedAction.objects.filter(is_open, decision__item=item, decision__struck_at=None)
    if item.meeting.is_being_corrected:  # what was answered when it closed stands
        known = known.filter(decision__serial=None)
    of_answer = ("answer__passed_to", "answer__organisation", "answer__written_by")
    about = ("action__issue", "current__organisation", *of_answer)
    current = FilteredRelation("action__assignments", condition=Q(action__assignments__ended_at=None))
    speaking = spoken(Presence.objects.filter(meeting=item.meeting, organisation__in=theirs))
    known = known.annotate(current=current, noted_as=noted, spoken=speaking).select_related(*about)
    found: list[Any] = list(known.order_by("pk"))
    for one in found:
        one.current.action, one.action.current = one.action, one.current
    _tell_absent(item.meeting, [(one, item, one.action.current.organisation) for one in found])
    return found


def proposed_or_struck_at(item: AgendaItem) -> ActionQuerySet:
    """The actions that the item proposes, and of its issue those that may have been until their decision was struck:
    such a one names its item no more, and is cancelled, or came up at the meeting and has been proposed since."""
    came_up = Q(created_at__gte=item.meeting.started_at or timezone.now())
    may_be_struck = Q(issue=item.issue_id) & (came_up | Q(state=Action.State.CANCELLED))
    return Action.objects.filter(Q(decisions__item=item) | may_be_struck).distinct()


@transaction.atomic
def answer_at_table(
    proposed: ProposedAction,
    *,
    by: Actor,
    kind: str,
    planned: date | SaidDay | None = None,
    at: datetime | None = None,
    **facts: Any,
) -> TableAnswer:
    """Write what the organisation says at the table to what is proposed to it.

    Facts: text, reason, next_step, passed_to. Raises EditConflict when another has written its answer, or struck what
    it answers; NotAllowed when the organisation is not represented or the meeting is not under way; ValidationError
    when it would go round in circles.
    """
    decision = Decision.objects.select_related("item").filter(pk=proposed.decision_id).first()
    if decision is None:
        raise EditConflict(not_saved({"planned": planned, **facts}, is_struck=True))
    item = decision.item
    item.lock_in_meeting()
    known = next((one for one in proposed_at(item) if one.pk == proposed.pk), None)
    if known is None:
        is_struck = not ProposedAction.objects.filter(pk=proposed.pk).exists()
        raise EditConflict(not_saved({"planned": planned, **facts}, is_struck=is_struck))
    organisation: Organisation = known.action.current.organisation
    if standing := getattr(known, "answer", None):
        raise EditConflict(f"{standing.noted_when(at)}: {standing}. Ta bort det svaret först, om det blev fel.")
    if known.why_absent:
        has_a_row = item.meeting.organisations.filter(organisation=organisation).exists()
        raise NotAllowed(NOT_HERE.format(known.why_absent) if has_a_row else NOT_OF_THE_GROUP.format(organisation))
    to = facts.get("passed_to")
    if to == organisation:
        raise ValidationError({"to": f"Frågan ligger redan hos {organisation}. Välj någon annan."})
    ensure_goes_on(to, known.action.assignments.all())
    said = {"kind": kind, "organisation": organisation, **said_columns("planned", planned), **facts}
    answer = TableAnswer(proposed=known, written_by=by.member, **({"written_at": at} if at else {}), **said)
    answer.save_checked()
    return answer


@transaction.atomic
def take_out(answer: TableAnswer) -> bool:
    """Take an answer out before the meeting closes; whether it was there still."""
    answer.item.lock_in_meeting()
    standing = TableAnswer.objects.on(answer.item).filter(pk=answer.pk).first()
    if standing is None or (answer.item.meeting.is_being_corrected and standing.proposed.decision.number):
        return False  # what was given when the meeting closed is withdrawn where it was given
    standing.delete()
    return True


def written_at(meeting: Meeting) -> list[TableAnswer]:
    """What is answered at the table of a meeting that is open and waits, in order; of each it is known `why_void`."""
    if not meeting.is_open:
        return []
    handovers = Prefetch("proposed__action__assignments", Assignment.objects.select_related("organisation"))
    answers = TableAnswer.objects.at(meeting).prefetch_related(handovers)
    if meeting.is_being_corrected:  # the others were given when it closed
        answers = answers.filter(proposed__decision__serial=None)
    written = list(answers)
    _tell_absent(meeting, [(one, one.item, one.organisation) for one in written])
    return written


def answers_to_give(meeting: Meeting) -> list[TableAnswer]:
    """What the closing gives, in order: less what can no longer take effect."""
    return [one for one in written_at(meeting) if not one.why_void]


def answers_to(decision: Decision) -> list[TableAnswer]:
    """What has been answered at the table to what the decision proposes."""
    return list(TableAnswer.objects.with_related().filter(proposed__decision=decision).order_by("proposed"))


def asked_instead(answers: Iterable[TableAnswer]) -> list[tuple[TableAnswer, Organisation]]:
    """Those of the answers that ask another organisation, each with that: it was passed on."""
    return [(one, one.passed_to) for one in answers if one.kind == Kind.PASSED_ON and one.passed_to]


def by_decision(answers: Iterable[TableAnswer]) -> dict[int, list[TableAnswer]]:
    """The answers by the key of the decision that each is said to."""
    said: dict[int, list[TableAnswer]] = {}
    for one in answers:
        said.setdefault(one.proposed.decision_id, []).append(one)
    return said


def give_answers(said: Iterable[TableAnswer], *, at: datetime) -> None:
    """Give the answers that can take effect, to what has been asked in this very step or before."""
    for one in said:
        _give(Action.objects.select_related("issue").get(pk=one.proposed.action_id).current, one, at=at)


def not_saved(typed: Mapping[str, Any], *, is_struck: bool) -> str:
    """Why an answer is not saved, with what was typed of it."""
    words = [str(typed[name]) for name in TYPED if typed.get(name)]
    quoted = f"”{' '.join(words)}”" if words else "bara vad som valdes."
    return (GONE if is_struck else ASKED_ALREADY).format(quoted)


def given_by_closing(meeting: Meeting, actions: Iterable[Action]) -> dict[int, Assignment]:
    """What the closing answered of the actions, by their keys: each with the handover that has the answer."""
    if meeting.closed_at is None or not (asked := [action.pk for action in actions]):
        return {}
    given = Answer.objects.filter(given_at=meeting.closed_at, channel=Channel.MEETING, withdrawn_at=None)
    at_table = TableAnswer.objects.filter(proposed__action__in=asked).values("proposed__action")
    known = given.filter(assignment__action__in=at_table).select_related("assignment__action")
    return {answer.assignment.action_id: answer.assignment for answer in known}


def _tell_absent(
    meeting: Meeting, asked: Iterable[tuple[ProposedAction | TableAnswer, AgendaItem, Organisation]]
) -> None:
    """Set why each organisation is not here at the item: nobody from it is noted, or who was has left or comes later.

    Where in their heading the items are is asked for once, and only if somebody comes or leaves within it; the § too.
    """
    spots: dict[int, Spot] = {}
    away: list[tuple[ProposedAction | TableAnswer, Organisation, list[Speaking]]] = []
    for one, item, organisation in asked:
        told: Any = one  # as it was read, with its annotations
        heading, parts = item.heading.number, Speaking.of_each(told.spoken)
        if any(part.changes_within(heading) for part in parts):
            spots = spots or spots_of(meeting)
        where = spots.get(item.pk, heading)
        if told.noted_as != State.REPRESENTED:
            one.why_absent = NOTED_SO.get(told.noted_as, ABSENT).format(organisation)
        elif parts and not any(part.is_at(where) for part in parts):
            away.append((one, organisation, parts))
    first = meeting.first_paragraph if away else None
    for one, organisation, parts in away:
        one.why_absent = ABSENT_THEN.format(organisation, listed([part.when(first) for part in parts]))


def _give(current: Assignment, one: TableAnswer, *, at: datetime) -> None:
    by = Actor.of(one.written_by).speaking_for(one.organisation, Channel.MEETING)
    match one.kind:
        case Kind.ACCEPTED if one.planned_day:
            current.accept(by=by, planned=one.planned_day, text=one.text, at=at)
        case Kind.DECLINED:
            current.decline(by=by, reason=one.reason, text=one.text, next_step=one.next_step, at=at)
        case Kind.QUESTION:
            current.ask(by=by, text=one.text, at=at)
        case Kind.PASSED_ON:
            current.pass_on(by=by, to=one.passed_to, text=one.text, at=at)
