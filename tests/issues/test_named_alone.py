"""Who alone of the group is named: she is told on her own page, and whoever closes her account is told nothing."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant, Issue
from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Seat
from tests.factories import IssueFactory, ObservationFactory
from tests.pages import text_of
from tests.the import the


@pytest.fixture
def hidden(representative: Member) -> Issue:
    issue = IssueFactory(title="Vassruggen")
    restrict(issue, reason="Pekar ut.", named=[], by=Actor.of(representative))
    return issue


def test_her_own_page_lists_what_nobody_else_of_the_group_is_named_on(
    as_representative: Client, representative: Member, hidden: Issue, handler: Member, deputy: Member
) -> None:
    AccessGrant.objects.create(issue=hidden, member=handler)  # who reads it, and names nobody
    seen, known, _ = (ObservationFactory(restricted=True, where=where) for where in ("Viken", "Bryggan", "Udden"))
    for each in (seen, known):
        AccessGrant.objects.create(observation=each, member=representative)
    AccessGrant.objects.create(observation=known, member=deputy)

    page = text_of(as_representative, reverse("account"))

    assert "Du är ensam namngiven" in page
    assert [where in page for where in (hidden.number, "Viken", "Bryggan", "Udden")] == [True, True, False, False]


def test_one_who_is_named_on_nothing_is_told_nothing(as_coordinator: Client, hidden: Issue) -> None:
    page = text_of(as_coordinator, reverse("account"))

    assert ("ensam" in page, "Vassruggen" in page) == (False, False)


def test_closing_her_account_and_ending_her_seat_say_the_same_of_everybody(
    as_coordinator: Client, hidden: Issue, representative: Member, officer: Member
) -> None:
    for member in (representative, officer):
        seat = the(Seat.objects.filter(member=member).first())
        for address in (
            reverse("members:member_change", args=[member.pk]),
            reverse("members:seat_end", args=[seat.pk]),
        ):
            page = text_of(as_coordinator, address)
            assert page.count("be henne namnge en till där först") == 1, address


def test_a_handler_is_not_asked_to_name_others_where_nobody_of_the_group_is_left(
    client: Client, hidden: Issue, handler: Member
) -> None:
    AccessGrant.objects.filter(issue=hidden).delete()
    AccessGrant.objects.create(issue=hidden, member=handler)
    client.force_login(handler)

    assert "Du är ensam namngiven" not in text_of(client, reverse("account"))


def test_what_another_of_the_group_has_reported_she_reads_and_names_others_on_too(
    as_representative: Client, representative: Member, deputy: Member
) -> None:
    reported = ObservationFactory(restricted=True, where="Viken", reporter=deputy)
    taken_back = ObservationFactory(restricted=True, where="Bryggan")
    for each in (reported, taken_back):
        AccessGrant.objects.create(observation=each, member=representative)
    taken_back.withdraw(why="Fel.", by=Actor.of(taken_back.reporter))

    assert "Du är ensam namngiven" not in text_of(as_representative, reverse("account"))
