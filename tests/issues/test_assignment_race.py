"""Two who answer in the same instant: the database puts one after the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from base.records import Conflict
from issues.models import Assignment
from members.actor import Actor
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.factories import ActionFactory


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_answers_one_stands_and_the_other_is_told(
    technical: Organisation, representative: Member, deputy: Member
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    hers, his = (Assignment.objects.select_related("action__issue", "organisation").get() for _ in range(2))
    in_a_week = timezone.localdate() + timedelta(days=7)

    outcomes = at_once(
        lambda: hers.accept(by=Actor.of(representative), planned=in_a_week),
        lambda: his.accept(by=Actor.of(deputy), planned=in_a_week),
    )

    [told] = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert ": åtar sig. Ditt svar är inte sparat" in told.message
    assert action.issue.events.filter(kind="answered").count() == 1
