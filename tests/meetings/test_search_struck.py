"""A decision is found as papers cite it, also one that a correction struck."""

import pytest
from django.utils import timezone

from issues.models import AccessGrant, Issue
from meetings.deciding import withdraw
from meetings.models import Decision, Meeting
from members.actor import Actor
from members.models import Member
from temagrupp.home.search import Search
from tests.meetings.correcting import decision_on, open_again, save, sent
from tests.the import the

__all__ = ["open_again", "sent"]

pytestmark = pytest.mark.django_db


def hits(words: str, member: Member) -> list[tuple[str, str, str, str]]:
    groups = Search(words, "strukna-beslut", member).groups
    return [(hit.title, hit.url, hit.text, hit.about) for group in groups for hit in group.hits]


@pytest.fixture
def struck(open_again: Meeting, by: Actor) -> Decision:
    decision = decision_on(open_again, "Lampan")
    withdraw(decision, by=by)
    save(open_again, by)
    return decision


def test_a_struck_decision_is_found_by_its_number_alone_and_said_to_be_struck(
    struck: Decision, open_again: Meeting, representative: Member, outsider: Member
) -> None:
    number = struck.number
    told = (
        f"Beslut {number}, struket",
        f"/moten/{open_again.pk}/minnesanteckningar/",
        struck.text,
    )

    for words in (number, f"beslut {number}", f"Beslut {number.replace('-', '–')}"):
        assert [hit[:3] for hit in hits(words, representative)] == [told]
    about = hits(number, representative)[0][3]
    assert about.startswith("Struket ")
    assert about.endswith("Beslutet ströks när minnesanteckningarna rättades.")
    assert hits("Lampan", representative) == []
    assert hits(number, outsider) == []
    assert hits(f"{timezone.localdate().year}-99", representative) == []


def test_a_struck_decision_of_a_restricted_issue_is_found_by_the_named_alone(
    struck: Decision, representative: Member, deputy: Member
) -> None:
    issue = the(struck.issue)
    Issue.objects.filter(pk=issue.pk).update(restricted=True)
    AccessGrant.objects.create(issue=issue, member=deputy)

    assert hits(struck.number, representative) == []
    assert [hit[0] for hit in hits(struck.number, deputy)] == [f"Beslut {struck.number}, struket"]
    (group,) = Search(struck.number, "strukna-beslut", deputy).groups
    assert group.hits[0].opens == (issue,)
