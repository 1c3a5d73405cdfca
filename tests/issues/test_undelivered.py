"""Mails about an issue that did not reach: who sees to them where it is restricted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Notice, NoticeCause
from members.outbox.one_by_one import not_found
from tests.factories import IssueFactory, MemberFactory
from tests.notices import undelivered

pytestmark = pytest.mark.django_db


def test_who_is_not_named_sees_nothing_of_mails_about_what_is_restricted(
    as_coordinator: Client,
) -> None:
    named = MemberFactory(is_coordinator=True)
    issue = IssueFactory(title="Mörkt")
    for one in (issue, IssueFactory(title="Öppet")):
        notice = undelivered(MemberFactory(name=f"Mottagare {one.title}"), thing=f"issue:{one.pk}")
    restrict(issue, reason="Hot.", named=[named.pk], by=Actor.of(named))
    hidden = Notice.objects.exclude(pk=notice.pk).get()
    late = timezone.now() - timedelta(hours=2)
    Notice.objects.create(cause=hidden.cause, member=named, due_at=late)

    page = as_coordinator.get("/gruppen/mejl/").content.decode()

    assert ("Mottagare Öppet" in page, "Mottagare Mörkt" in page) == (True, False)
    assert "Mejl väntar på att skickas" not in page
    assert as_coordinator.post(f"/gruppen/mejl/{hidden.pk}/igen/").status_code == 404


def test_where_no_samordnare_is_named_those_who_are_look_after_mails_about_what_is_restricted(
    as_representative: Client, as_deputy: Client, as_coordinator: Client, representative: Member
) -> None:
    issue = IssueFactory(title="Mörkt")
    for one in (issue, IssueFactory(title="Öppet")):
        undelivered(MemberFactory(name=f"Mottagare {one.title}"), thing=f"issue:{one.pk}")
    restrict(issue, reason="Hot.", named=[], by=Actor.of(representative))
    hidden = Notice.objects.get(member__name="Mottagare Mörkt")

    pages = [client.get("/gruppen/mejl/").content.decode() for client in (as_representative, as_deputy)]
    assert [(" Öppet" in page, " Mörkt" in page) for page in pages] == [(False, True), (False, False)]
    sent_by = [client.post(f"/gruppen/mejl/{hidden.pk}/igen/").status_code for client in (as_deputy, as_coordinator)]
    assert sent_by == [404, 404]
    assert as_representative.post(f"/gruppen/mejl/{hidden.pk}/igen/").status_code == 302
    assert list(hidden.steps.values_list("by", "kind")) == [(representative.pk, "left")]  # who had it is not named


def test_that_something_restricted_cannot_be_told_of_is_said_to_nobody_who_is_not_named(
    as_coordinator: Client, coordinator: Member
) -> None:
    issues = [IssueFactory(title=title) for title in ("Öppet", "Mörkt")]
    NoticeCause.objects.note(not_found(f"issue:{issue.pk}", timezone.now()) for issue in issues)
    restrict(issues[1], reason="Hot.", named=[], by=Actor.of(MemberFactory(is_coordinator=True)))

    page = as_coordinator.get("/gruppen/mejl/").content.decode()

    assert ("Öppet</a> kan inte göras i ordning" in page, page.count("kan inte göras i ordning")) == (True, 1)
