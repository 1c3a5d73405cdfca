"""An issue is restricted in the same instant as somebody answers, or attaches what she has seen."""

from __future__ import annotations

from functools import partial

import pytest
from django.core.exceptions import ValidationError

from issues.models import Action, Assignment, Issue, Observation
from issues.restricting import restrict
from members.actor import Actor
from tests.acting import a_coordinator
from tests.at_once import at_once
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, MemberFactory, ObservationFactory, SeatFactory

pytestmark = pytest.mark.django_db(transaction=True)


def a_restriction(issue: Issue, by: Actor) -> None:
    restrict(Issue.objects.get(pk=issue.pk), reason="Kan kännas igen.", named=[], by=by)


def test_neither_waits_for_the_other_for_ever() -> None:
    by = a_coordinator()
    for _ in range(5):
        action: Action = ActionFactory(assignment__answer_due=in_days(-3))
        member = SeatFactory(member=MemberFactory(), organisation=action.current.organisation).member
        answering = Assignment.objects.get(pk=action.current.pk)

        yes = partial(answering.accept, by=Actor.of(member), planned=in_days(9))
        came = at_once(partial(a_restriction, action.issue, by), yes)

        assert [outcome for outcome in came if isinstance(outcome, Exception)] == []
        assert Action.objects.get(pk=action.pk).state == "accepted"


def test_what_is_attached_in_the_same_instant_was_attached_before_or_is_not() -> None:
    by = a_coordinator()
    for _ in range(5):
        issue, seen = IssueFactory(), ObservationFactory()
        shown = Issue.objects.get(pk=issue.pk)

        _, attached = at_once(partial(a_restriction, issue, by), partial(seen.attach, shown, by=by))

        came = [event.kind for event in issue.events.order_by("pk")]
        if isinstance(attached, ValidationError):
            assert (came, Observation.objects.get(pk=seen.pk).is_new) == (["restricted"], True)
        else:
            assert came == ["observed", "restricted"]


def test_two_issues_that_tell_of_each_others_reports_are_restricted_at_once() -> None:
    by = a_coordinator()
    for _ in range(8):
        issues = [IssueFactory(), IssueFactory()]
        for issue, other in (issues, reversed(issues)):
            moved = ObservationFactory()
            moved.attach(issue, by=by)
            moved.put_back(by=by)
            moved.attach(Issue.objects.get(pk=other.pk), by=by)

        came = at_once(*(partial(a_restriction, issue, by) for issue in issues))

        assert came == [None, None]
