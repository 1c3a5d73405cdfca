"""That mails did not come through stands on the start page of whom it is to look after them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Notice
from tests.factories import IssueFactory, MemberFactory
from tests.notices import undelivered, undelivered_mail
from tests.pages import text_of

pytestmark = pytest.mark.django_db

LINK = '<a href="/gruppen/mejl/">'


def told(client: Client) -> str:
    """What stands before the link to them; nothing where there is none."""
    before, link, _ = text_of(client).partition(LINK)
    return before.rpartition(">")[2].strip() if link else ""


def test_the_coordinator_reads_how_many_until_they_are_looked_after(as_coordinator: Client) -> None:
    refused, uncertain = undelivered(MemberFactory()), undelivered(MemberFactory(), Notice.State.UNCERTAIN)
    assert told(as_coordinator) == "Två mejl kom inte fram som de skulle."

    as_coordinator.post(f"/gruppen/mejl/{uncertain.pk}/bort/")
    assert told(as_coordinator) == "Ett mejl kom inte fram som det skulle."

    as_coordinator.post(f"/gruppen/mejl/{refused.pk}/igen/")
    assert told(as_coordinator) == ""


def test_what_is_sent_or_dropped_is_nothing_to_look_after(as_coordinator: Client) -> None:
    for state in Notice.DONE:
        undelivered(MemberFactory(), state)

    assert told(as_coordinator) == ""


def test_nobody_else_is_told(as_coordinator: Client, as_representative: Client, as_officer: Client) -> None:
    undelivered_mail(MemberFactory(), "", "")

    assert [bool(told(client)) for client in (as_coordinator, as_representative, as_officer)] == [True, False, False]


def test_of_one_mail_it_is_said_once_however_much_it_told(as_coordinator: Client) -> None:
    undelivered_mail(MemberFactory(), "", "", "")

    assert told(as_coordinator) == "Ett mejl kom inte fram som det skulle."


def test_of_what_is_restricted_it_is_said_to_those_named_on_it(
    as_coordinator: Client, as_representative: Client, as_deputy: Client, representative: Member
) -> None:
    issue = IssueFactory()
    undelivered_mail(MemberFactory(), f"issue:{issue.pk}", f"issue:{IssueFactory().pk}")
    undelivered_mail(MemberFactory(), f"issue:{issue.pk}")
    restrict(issue, reason="Hot.", named=[], by=Actor.of(representative), at=timezone.now())

    said = [told(client) for client in (as_representative, as_deputy, as_coordinator)]
    assert said == ["Två mejl kom inte fram som de skulle.", "", "Ett mejl kom inte fram som det skulle."]


def test_those_about_what_is_hidden_from_her_are_not_counted(as_coordinator: Client) -> None:
    named, issue = MemberFactory(is_coordinator=True), IssueFactory()
    undelivered(MemberFactory(), thing=f"issue:{issue.pk}")
    undelivered(MemberFactory(), thing=f"issue:{IssueFactory().pk}")
    restrict(issue, reason="Hot.", named=[named.pk], by=Actor.of(named), at=timezone.now())

    assert told(as_coordinator) == "Ett mejl kom inte fram som det skulle."
