"""What only those who are named may see bears its mark wherever they read of it among other things."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from issues.models import Issue, Observation, Opening
from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(coordinator: Member, representative: Member) -> Issue:
    issue: Issue = IssueFactory(title="Oro vid skolan")
    restrict(issue, reason="En enskild kan kännas igen.", named=[representative.pk], by=Actor.of(coordinator))
    Opening.write(representative, Opening.How.PAGE, [issue])  # else her start page has it for that alone
    return issue


def marked(client: Client, address: str = "/") -> list[str]:
    """The links that the mark follows."""
    return re.findall(r'>([^<]+)</a> <span class="mark">Begränsad spridning</span>', text_of(client, address))


@pytest.mark.parametrize("address", ["/", "/atgarder/?vy=egna"])
@pytest.mark.parametrize("promised", [False, True])
def test_an_action(
    as_representative: Client, hidden: Issue, technical: Organisation, address: str, promised: bool
) -> None:
    of = {"assignment__organisation": technical} | ({"state": "accepted"} if promised else {})
    ActionFactory(title="Laga lampan", **of)
    ActionFactory(title="Möta dem som samlas", issue=hidden, **of)

    assert marked(as_representative, address) == ["Möta dem som samlas"]


@pytest.mark.parametrize("address", ["/", "/observationer/?mina=1"])
def test_what_she_reported(as_representative: Client, representative: Member, hidden: Issue, address: str) -> None:
    about = {"reporter": representative, "state": Observation.State.ATTACHED}
    ObservationFactory(issue=hidden, **about)
    ObservationFactory(issue=IssueFactory(title="Klotter"), **about)

    assert marked(as_representative, address) == ["Oro vid skolan"]


def test_a_report_that_is_restricted_itself(as_representative: Client, representative: Member) -> None:
    seen, hidden = ObservationFactory.create_batch(2, reporter=representative)
    Observation.objects.filter(pk=hidden.pk).update(restricted=True, where="Bakom ladan")

    assert marked(as_representative) == [str(Observation.objects.get(pk=hidden.pk))]
    assert str(seen) in text_of(as_representative)
