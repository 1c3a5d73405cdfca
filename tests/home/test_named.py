"""What somebody has been named on stands on her start page until she has opened it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Issue
from issues.restricting import lift, name, restrict, unname
from issues.striking import strike
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def maja(coordinator: Member) -> Actor:
    return Actor.of(coordinator)


@pytest.fixture
def hidden(maja: Actor) -> Issue:
    """An issue that nobody but the samordnare is named on."""
    issue: Issue = IssueFactory(title="Oro vid skolan")
    restrict(issue, reason="En enskild kan kännas igen.", named=[], by=maja)
    return issue


def named_on(client: Client) -> list[str]:
    """The links of what she has been named on."""
    _, heading, rest = text_of(client).partition("Du är namngiven</h2>")
    return re.findall(r"<h3><a[^>]*>([^<]+)</a>", rest.partition("</section>")[0]) if heading else []


def test_who_has_been_named_reads_by_whom_with_a_link_until_she_has_opened_it(
    as_officer: Client, as_representative: Client, officer: Member, hidden: Issue, maja: Actor
) -> None:
    name(hidden, [officer.pk], by=maja)

    page = text_of(as_officer)
    assert f'<a href="{hidden.get_absolute_url()}">Oro vid skolan</a> <span class="mark">' in page
    assert "Maja Exempel namngav dig <time" in page
    assert named_on(as_representative) == []
    assert "Oro vid skolan" not in text_of(as_representative)

    as_officer.get(hidden.get_absolute_url())
    assert named_on(as_officer) == []


def test_so_does_who_may_read_it_when_it_becomes_restricted_and_not_who_made_it_so(
    as_coordinator: Client, as_officer: Client, officer: Member, maja: Actor
) -> None:
    issue = IssueFactory(title="Oro vid skolan")
    restrict(issue, reason="En enskild kan kännas igen.", named=[officer.pk], by=maja)

    assert (named_on(as_officer), named_on(as_coordinator)) == (["Oro vid skolan"], [])


def test_what_was_opened_before_one_was_named_anew_is_told_again(
    as_officer: Client, officer: Member, hidden: Issue, maja: Actor
) -> None:
    name(hidden, [officer.pk], by=maja)
    as_officer.get(hidden.get_absolute_url())
    unname(hidden, officer, by=maja)
    name(hidden, [officer.pk], by=maja, at=timezone.now())

    assert named_on(as_officer) == ["Oro vid skolan"]


def test_an_observation_is_told_of_as_an_issue_is_until_it_is_taken_back(
    as_officer: Client, officer: Member, representative: Member
) -> None:
    seen = ObservationFactory(reporter=representative, restricted=True)
    name(seen, [officer.pk], by=Actor.of(representative))
    assert named_on(as_officer) == [str(seen)]

    seen.withdraw(by=Actor.of(representative))
    assert named_on(as_officer) == []


def test_a_handlaggare_who_is_named_is_told_too(
    as_handler: Client, handler: Member, housing: Organisation, hidden: Issue, maja: Actor
) -> None:
    ActionFactory(issue=hidden, assignment__organisation=housing)
    name(hidden, [handler.pk], by=maja)

    assert named_on(as_handler) == ["Oro vid skolan"]


def test_it_is_news_for_a_fortnight(as_officer: Client, officer: Member, hidden: Issue, maja: Actor) -> None:
    name(hidden, [officer.pk], by=maja, at=timezone.now() - timedelta(days=15))

    assert named_on(as_officer) == []


@pytest.mark.parametrize(
    "since",
    [
        lambda issue, officer, by: unname(issue, officer, by=by),
        lambda issue, officer, by: lift(issue, reason="Det gick över.", by=by),
        lambda issue, officer, by: strike(issue, reason="Fel.", by=by),
    ],
    ids=["un-named", "lifted", "struck"],
)
def test_what_she_may_not_read_any_longer_or_everybody_may_is_not_told(
    as_officer: Client, officer: Member, hidden: Issue, maja: Actor, since: Callable[..., object]
) -> None:
    name(hidden, [officer.pk], by=maja)
    assert named_on(as_officer) == ["Oro vid skolan"]

    since(hidden, officer, maja)

    assert named_on(as_officer) == []
