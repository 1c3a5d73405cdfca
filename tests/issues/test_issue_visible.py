"""Who may know of an issue, and of what hangs on it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from issues.models import AccessGrant, Action, Issue, Observation
from issues.triage import open_issue_from
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator, on_behalf
from tests.factories import ActionFactory, IssueFactory, ObservationFactory


def known(member: Member) -> set[str]:
    return set(Issue.objects.visible_to(member).values_list("title", flat=True))


def told(issue: Issue, member: Member) -> list[str]:
    return [str(event) for event in issue.events.visible_to(member).order_by("pk")]


def test_the_group_and_readers_know_every_unrestricted_issue_and_a_guest_none(
    coordinator: Member, representative: Member, deputy: Member, reader: Member, outsider: Member
) -> None:
    IssueFactory(title="Öppet")
    IssueFactory(title="Begränsat", restricted=True)

    assert [known(m) for m in (coordinator, representative, deputy, reader)] == [{"Öppet"}] * 4
    assert known(outsider) == set()


def test_a_restricted_issue_is_known_by_those_named_and_not_by_other_samordnare(
    coordinator: Member, representative: Member
) -> None:
    issue = IssueFactory(title="Begränsat", restricted=True)
    AccessGrant.objects.create(issue=issue, member=representative)

    assert known(representative) == {"Begränsat"}
    assert known(coordinator) == set()


def test_a_handler_knows_the_issues_her_organisation_is_or_was_asked_about(
    handler: Member, housing: Organisation, technical: Organisation, coordinator: Member
) -> None:
    ActionFactory(issue__title="Frågad", assignment__organisation=housing)
    passed_on = ActionFactory(issue__title="Har lämnats vidare", assignment__organisation=housing)
    passed_on.current.pass_on(by=on_behalf(coordinator, "phone"), to=technical)
    ActionFactory(issue__title="Någon annans", assignment__organisation=technical)
    IssueFactory(title="Ingens")
    draft: dict[str, Any] = {"organisation": housing, "by": Actor.of(coordinator), "title": "Utkast"}
    Action.draft(issue=IssueFactory(title="Bara utkast"), **draft)
    Action.draft(issue=IssueFactory(title="Återtaget utkast"), **draft).cancel(reason="Nej.", by=Actor.of(coordinator))

    assert known(handler) == {"Frågad", "Har lämnats vidare"}


def test_a_handler_of_an_asked_organisation_must_be_named_on_a_restricted_issue(
    handler: Member, housing: Organisation
) -> None:
    issue = ActionFactory(issue__title="Begränsat", issue__restricted=True, assignment__organisation=housing).issue

    assert known(handler) == set()
    AccessGrant.objects.create(issue=issue, member=handler)
    assert known(handler) == {"Begränsat"}


@pytest.fixture
def case(coordinator: Member, officer: Member, housing: Organisation) -> Issue:
    """An issue with an observation, a question to the handler's organisation, and two drafts."""
    seen = ObservationFactory(reporter=officer, where="bakom kiosken")
    issue = open_issue_from([seen], by=Actor.of(coordinator), title="Mörkt")
    Action.draft(issue=issue, organisation=housing, by=Actor.of(coordinator), title="Laga").propose(
        by=Actor.of(coordinator)
    )
    Action.draft(issue=issue, organisation=housing, by=Actor.of(coordinator), title="Hemligt utkast")
    taken_back = Action.draft(issue=issue, organisation=housing, by=Actor.of(coordinator), title="Återtaget utkast")
    taken_back.cancel(reason="Nej.", by=Actor.of(coordinator))
    return issue


def test_a_draft_is_for_the_samordnare_and_whoever_typed_it_and_the_timeline_is_silent_of_it(
    case: Issue, handler: Member, reader: Member, representative: Member, officer: Member, housing: Organisation
) -> None:
    Action.draft(issue=case, organisation=housing, by=Actor.of(officer), title="Sekreterarens utkast")

    for member in (handler, reader, representative):
        assert [a.title for a in Action.objects.visible_to(member)] == ["Laga"]
    assert [a.title for a in Action.objects.visible_to(officer)] == ["Laga", "Sekreterarens utkast"]
    assert Action.objects.visible_to(case.opened_by).count() == 4
    assert not [text for text in told(case, representative) if "tkast" in text]


def test_a_reader_learns_of_no_single_observation(case: Issue, reader: Member, handler: Member) -> None:
    assert not Observation.objects.visible_to(reader).exists()
    assert not [text for text in told(case, reader) if "kiosken" in text]
    assert [text for text in told(case, handler) if "kiosken" in text]


def test_a_restricted_observation_of_an_open_issue_is_not_told_of(
    case: Issue, coordinator: Member, officer: Member, representative: Member
) -> None:
    hidden = ObservationFactory(reporter=officer, where="HEMLIGT", restricted=True)
    hidden.attach(case, by=Actor.of(coordinator))

    assert not [text for text in told(case, representative) if "HEMLIGT" in text]
    assert [text for text in told(case, officer) if "HEMLIGT" in text]


def test_an_issue_out_of_a_restricted_observation_is_restricted_to_those_who_could_see_it(
    coordinator: Member, officer: Member, representative: Member
) -> None:
    seen, at = ObservationFactory(reporter=officer, restricted=True), timezone.now() - timedelta(days=3)

    issue = open_issue_from([seen], by=Actor.of(coordinator), at=at, title="X")

    assert [known(m) for m in (coordinator, officer, representative)] == [{"X"}, {"X"}, set()]
    assert issue.restricted
    assert {(grant.updated_by, grant.created_at) for grant in AccessGrant.objects.all()} == {(coordinator, at)}


def test_an_action_of_a_restricted_issue_is_hidden_from_the_group(representative: Member) -> None:
    ActionFactory(issue__restricted=True)

    assert not Action.objects.visible_to(representative).exists()


def test_one_is_named_on_one_thing_and_once(representative: Member) -> None:
    issue, observation = IssueFactory(), ObservationFactory()
    AccessGrant.give(issue, [representative.pk], by=a_coordinator())
    AccessGrant.give(issue, [representative.pk], by=a_coordinator())
    observation.named.add(representative)
    observation.named.add(representative)
    assert AccessGrant.objects.count() == 2
    assert AccessGrant.objects.get(issue=issue).updated_by is not None

    for things in ({}, {"issue": IssueFactory(), "observation": ObservationFactory()}, {"issue": issue}):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessGrant.objects.create(member=representative, **things)


def test_what_all_may_know_of_is_asked_for_whoever_asks(officer: Member) -> None:
    open_issue, hidden = IssueFactory(title="Öppet"), IssueFactory(restricted=True)
    hidden.named.add(officer)
    seen = [ObservationFactory(issue=open_issue), ObservationFactory()]
    ObservationFactory(restricted=True, reporter=officer)
    ObservationFactory(issue=hidden, reporter=officer)

    assert list(Issue.objects.unrestricted()) == [open_issue]
    assert list(Observation.objects.unrestricted().order_by("pk")) == seen


def test_assignment_without_a_question_gives_no_sight(handler: Member, housing: Organisation) -> None:
    ActionFactory(state=Action.State.DRAFT, assignment__organisation=housing)

    assert known(handler) == set()
