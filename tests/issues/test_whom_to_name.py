"""Whom the pages of begränsad spridning offer to name, and what they say of those who are not."""

from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant
from members.models import Member, Organisation
from tests.factories import ActionFactory, IssueFactory, MemberFactory, ObservationFactory
from tests.pages import text_of


def test_nobody_is_chosen_from_the_beginning_but_another_samordnare(
    as_coordinator: Client, handler: Member, housing: Organisation
) -> None:
    issue = IssueFactory()
    ActionFactory(issue=issue, assignment__organisation=housing)
    other = MemberFactory(is_coordinator=True)

    form = as_coordinator.get(reverse("issues:restrict", args=[issue.number])).context["form"]

    assert [key for key, _ in form["named"].field.choices] == [other.pk, handler.pk]
    assert form["named"].value() == [other.pk]


def test_the_page_says_what_follows_where_nobody_of_one_that_is_asked_is_named(
    as_coordinator: Client, handler: Member, housing: Organisation
) -> None:
    issue = IssueFactory()
    ActionFactory(issue=issue, assignment__organisation=housing)

    page = text_of(as_coordinator, reverse("issues:restrict", args=[issue.number]))

    assert "Om du inte namnger någon som svarar för organisationen kan den varken läsa ärendet eller svara." in page


def test_an_issue_of_what_is_restricted_is_said_to_be_so_and_who_will_be_named(
    as_coordinator: Client, coordinator: Member, representative: Member, officer: Member
) -> None:
    seen, open_one = ObservationFactory(reporter=representative, restricted=True), ObservationFactory()
    for member in (coordinator, officer):
        AccessGrant.objects.create(observation=seen, member=member)
    address = reverse("issues:observation_issue", args=[seen.pk])
    made = {"title": "Oro kring huset", "kind": "place", "where": "Åparken", "need": "", "influence": ""}

    page = text_of(as_coordinator, address)
    others = text_of(as_coordinator, reverse("issues:observation_issue", args=[open_one.pk]))
    told = text_of(as_coordinator, as_coordinator.post(address, made)["Location"])

    assert "Ärendet får också begränsad spridning." in page
    assert "Namngivna blir Ali Ritning, Maja Exempel och Omar Prov." in page
    assert "Rubriken läses av alla" not in page
    assert ("Rubriken läses av alla" in others, "Namngivna blir" in others) == (True, False)
    assert "</a> är skapat av observationen. Det har begränsad spridning." in told
