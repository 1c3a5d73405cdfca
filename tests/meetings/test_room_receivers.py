"""Who can be asked from the room: as on the page of an issue, of a restricted one only those who may read it."""

import re

import pytest
from django.test import Client

from issues.models import Action, Issue
from issues.receivers import FEW
from meetings.models import AgendaItem
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of, under_way, words, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(coordinator: Member, representative: Member, police: Organisation) -> AgendaItem:
    issue = IssueFactory(title="Mörkt", restricted=True, state=Issue.State.NEW)
    issue.named.set([coordinator, representative])
    return item_of(under_way(coordinator), "Mörkt")


def offered(client: Client, item: AgendaItem) -> list[str]:
    page = client.get(item.get_absolute_url()).content.decode()
    [select] = re.findall(r'<select name="responsible".*?</select>', page, re.DOTALL)
    return re.findall(r'<option value="\d+"[^>]*>([^<]+)<', select)


def test_of_a_restricted_issue_only_those_are_offered_who_may_read_it(
    as_coordinator: Client, item: AgendaItem, technical: Organisation
) -> None:
    assert offered(as_coordinator, item) == [str(technical)]
    assert FEW in words(as_coordinator.get(item.get_absolute_url()))


def test_others_are_refused_for_it_also_from_an_old_tab(
    as_coordinator: Client, item: AgendaItem, police: Organisation
) -> None:
    asked = {"what": "Laga", "answer_due": in_days(9).isoformat()}

    for field in ("responsible", "others"):
        write(as_coordinator, item, **asked, **{field: police.pk})

    assert not Action.objects.exists()


def test_of_another_issue_all_are_offered(
    as_coordinator: Client, item: AgendaItem, technical: Organisation, police: Organisation
) -> None:
    Issue.objects.update(restricted=False)

    assert {str(technical), str(police)} <= {*offered(as_coordinator, item)}
    assert FEW not in words(as_coordinator.get(item.get_absolute_url()))
