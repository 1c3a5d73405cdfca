"""Who can be asked: the group's organisations of today, and of a restricted issue those where somebody may read it."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Action, Issue
from issues.receivers import FEW, receivers
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import OrganisationFactory
from tests.issues.answering import answered, send
from tests.pages import text_of

SELECTS = {"hand_over": "overlamna-organisation", "pass_on": "vidare-to"}


@pytest.fixture
def gone(db: None) -> Organisation:
    return OrganisationFactory(name="Avslutade kontoret", active_to=in_days(-1))


def choices(client: Client, action: Action, select: str) -> list[str]:
    page = text_of(client, action.get_absolute_url())
    options = re.search(rf'<select name="{select}".*?</select>', page)
    return re.findall(r'<option value="\d+"[^>]*>([^<]+)<', options[0]) if options else []


@pytest.fixture
def restricted(
    asked: Action, coordinator: Member, representative: Member, handler: Member, police: Organisation
) -> Action:
    Issue.objects.update(restricted=True)
    asked.issue.named.set([coordinator, representative, handler])
    return Action.objects.select_related("issue").get()


def test_one_that_has_left_the_group_can_neither_be_passed_to_nor_chosen(
    as_coordinator: Client, as_representative: Client, asked: Action, housing: Organisation, gone: Organisation
) -> None:
    hers, theirs = (choices(as_coordinator, asked, name) for name in SELECTS.values())

    assert (str(housing) in hers, str(gone) in hers) == (True, False)
    assert (str(housing) in theirs, str(gone) in theirs) == (True, False)
    send(as_representative, asked, "pass_on", **{"vidare-to": str(gone.pk)})
    assert answered(asked).answer is None


def test_of_a_restricted_issue_only_those_can_be_asked_who_may_read_it(
    as_coordinator: Client,
    as_representative: Client,
    restricted: Action,
    technical: Organisation,
    housing: Organisation,
) -> None:
    assert [*receivers(restricted.issue)] == [technical, housing]
    assert choices(as_coordinator, restricted, SELECTS["hand_over"]) == [str(technical), str(housing)]
    assert choices(as_representative, restricted, SELECTS["pass_on"]) == [str(housing)]
    assert FEW in text_of(as_representative, restricted.get_absolute_url())


def test_others_are_refused_for_it_also_from_an_old_tab(
    as_coordinator: Client, as_representative: Client, restricted: Action, police: Organisation
) -> None:
    send(as_representative, restricted, "pass_on", **{"vidare-to": str(police.pk)})
    typed = {"title": "Byta lampor", "answer_due": in_days(9).isoformat(), "term": "short", "organisations": police.pk}
    as_coordinator.post(reverse("issues:action_create", args=[restricted.issue.number]), typed)

    assert answered(restricted).answer is None
    assert [action.pk for action in Action.objects.all()] == [restricted.pk]


def test_one_who_has_left_her_seat_reads_it_no_longer_for_them(
    restricted: Action, representative: Member, housing: Organisation, coordinator: Member
) -> None:
    for seat in representative.seats.all():
        seat.end(last_day=in_days(-1), by=Actor.of(coordinator))

    assert [*receivers(restricted.issue)] == [housing]


def test_a_draft_from_before_is_proposed_only_to_those_who_may_read_it(
    as_coordinator: Client, restricted: Action, coordinator: Member, technical: Organisation, police: Organisation
) -> None:
    by, issue = Actor.of(coordinator), restricted.issue
    drafts = [Action.draft(issue=issue, organisation=each, by=by, title="Byta") for each in (technical, police)]

    pages = [
        as_coordinator.post(reverse("issues:action_propose", args=[draft.pk]), follow=True).content.decode()
        for draft in drafts
    ]

    told = "Ärendet är begränsat, och ingen som svarar för Polisen får läsa det."
    assert [told in page for page in pages] == [False, True]
    assert [Action.objects.get(pk=draft.pk).state for draft in drafts] == ["proposed", "draft"]
