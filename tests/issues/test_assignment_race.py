"""Two who answer in the same instant: the database puts one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from issues.models import Assignment
from members.models import Member, Organisation
from temagrupp.records import AlreadyDone
from tests.factories import ActionFactory


@pytest.mark.django_db(transaction=True)
def test_of_two_simultaneous_answers_one_stands_and_the_other_is_told(
    technical: Organisation, representative: Member, deputy: Member
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    together = Barrier(2)

    def answer(member: Member) -> str:
        try:
            assignment = Assignment.objects.select_related("action__issue", "organisation").get(action=action)
            together.wait(timeout=10)
            assignment.accept(by=member, planned=timezone.localdate() + timedelta(days=7))
        except AlreadyDone as refused:
            return refused.message
        finally:
            connection.close()
        return "stands"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(answer, [representative, deputy]))

    assert outcomes.count("stands") == 1
    assert any("svarade ”Ja, vi gör det”" in outcome for outcome in outcomes)
    assert action.issue.events.filter(kind="answered").count() == 1
