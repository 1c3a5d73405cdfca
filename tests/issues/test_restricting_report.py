"""An observation that is restricted when it is logged, or while it waits to be sorted."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import AccessGrant, Issue, Observation
from members.models import Member, Organisation
from tests.factories import CategoryFactory, IssueFactory, ObservationFactory
from tests.pages import text_of

REPORT = {"where": "Åparken", "when": "now", "police_report": "unknown", "source": "own", "text": "Oro kring huset."}


def report(client: Client, **typed: object) -> Observation:
    client.post(reverse("issues:report"), REPORT | {"category": CategoryFactory().pk} | typed)
    return Observation.objects.latest("pk")


def correct(client: Client, seen: Observation, **typed: object) -> Observation:
    facts = REPORT | {"category": seen.category_id, "version": seen.version, **typed}
    client.post(reverse("issues:observation_correct", args=[seen.pk]), facts)
    return Observation.objects.get(pk=seen.pk)


def named_on(seen: Observation) -> list[str]:
    return [str(grant.member) for grant in AccessGrant.objects.to(seen).in_order()]


def may_open(seen: Observation, *clients: Client) -> list[bool]:
    return [client.get(seen.get_absolute_url()).status_code == 200 for client in clients]


def test_the_samordnare_are_proposed_and_chosen_and_the_others_of_the_group_can_be(
    as_representative: Client, coordinator: Member, officer: Member, handler: Member
) -> None:
    form = as_representative.get(reverse("issues:report")).context["form"]

    offered = [[label for _, label in form[name].field.choices] for name in ("named", "others")]
    assert offered == [["Maja Exempel, samordnare"], ["Ali Ritning, Polisen"]]
    assert (form["named"].value(), bool(form["restricted"].value())) == ([coordinator.pk], False)


def test_a_restricted_one_is_read_by_those_named_and_its_reporter_alone(
    as_representative: Client, as_coordinator: Client, as_officer: Client, as_deputy: Client, coordinator: Member
) -> None:
    seen = report(as_representative, restricted="on", named=[coordinator.pk])

    assert (seen.restricted, named_on(seen)) == (True, ["Maja Exempel"])
    readers = [as_representative, as_coordinator, as_officer, as_deputy]
    assert may_open(seen, *readers) == [True, True, False, False]


def test_who_was_chosen_is_named_only_on_what_is_restricted(
    as_representative: Client, as_officer: Client, coordinator: Member
) -> None:
    seen = report(as_representative, named=[coordinator.pk])

    assert (seen.restricted, named_on(seen), may_open(seen, as_officer)) == (False, [], [True])


def test_whoever_chooses_others_and_forgets_the_mark_is_asked_and_nothing_is_saved(
    as_representative: Client, officer: Member
) -> None:
    typed = REPORT | {"category": CategoryFactory().pk, "others": [officer.pk]}

    form = as_representative.post(reverse("issues:report"), typed).context["form"]

    assert [*form.errors] == ["restricted"]
    assert (form.opens_restricted, form["others"].value()) == (True, [str(officer.pk)])
    assert not Observation.objects.exists()


def test_where_nobody_is_named_she_is_told_that_nobody_else_sees_it(
    as_representative: Client, as_coordinator: Client, coordinator: Member
) -> None:
    seen = report(as_representative, restricted="on")

    thanks = text_of(as_representative, reverse("issues:report_sent", args=[seen.pk]))
    assert "Ses bara av dig. Ingen samordnare är namngiven, så den kan inte sorteras." in thanks
    assert may_open(seen, as_coordinator) == [False]


def test_nobody_outside_the_group_can_be_named(
    as_representative: Client, coordinator: Member, handler: Member, reader: Member
) -> None:
    for outside in (handler, reader):
        typed = REPORT | {"category": CategoryFactory().pk, "restricted": "on", "named": [outside.pk]}
        assert as_representative.post(reverse("issues:report"), typed).context["form"].errors.keys() == {"named"}
    assert not Observation.objects.exists()


def test_the_samordnare_who_is_named_sorts_it_into_an_issue_with_the_same_names(
    as_representative: Client, as_coordinator: Client, coordinator: Member, officer: Member, representative: Member
) -> None:
    seen = report(as_representative, restricted="on", named=[coordinator.pk], others=[officer.pk])

    made = {"title": "Oro kring huset", "kind": "place", "where": "Åparken", "need": "", "influence": ""}
    as_coordinator.post(reverse("issues:observation_issue", args=[seen.pk]), made)

    issue = Issue.objects.get()
    grants = AccessGrant.objects.to(issue).in_order()
    assert issue.restricted
    assert [grant.member for grant in grants] == [officer, coordinator, representative]


def test_while_it_waits_its_reporter_marks_it_and_unmarks_it(
    as_representative: Client, as_officer: Client, representative: Member, coordinator: Member
) -> None:
    seen = ObservationFactory(reporter=representative)

    seen = correct(as_representative, seen, restricted="on", named=[coordinator.pk])
    assert (seen.restricted, named_on(seen), may_open(seen, as_officer)) == (True, ["Maja Exempel"], [False])

    seen = correct(as_representative, seen)
    assert (seen.restricted, named_on(seen), may_open(seen, as_officer)) == (False, [], [True])


def test_correcting_the_words_leaves_those_who_are_named(
    as_representative: Client, representative: Member, coordinator: Member, officer: Member
) -> None:
    seen = ObservationFactory(reporter=representative, restricted=True)
    AccessGrant.objects.create(observation=seen, member=officer)

    seen = correct(as_representative, seen, restricted="on", text="Oro kring nästa hus.")

    assert (seen.text, named_on(seen)) == ("Oro kring nästa hus.", ["Ali Ritning"])


def test_one_that_is_sorted_is_marked_no_longer(
    as_representative: Client, as_coordinator: Client, representative: Member
) -> None:
    seen = ObservationFactory(reporter=representative)
    as_coordinator.post(reverse("issues:observation_note", args=[seen.pk]))

    assert not correct(as_representative, seen, restricted="on").restricted


def test_the_same_seen_and_restricted_lies_in_the_issue_without_a_trace_for_others(
    as_representative: Client, as_officer: Client, representative: Member, technical: Organisation
) -> None:
    issue = IssueFactory(title="Mörkt")
    before = text_of(as_officer, issue.get_absolute_url())

    address = f"{reverse('issues:report')}?arende={issue.number}"
    as_representative.post(address, REPORT | {"category": CategoryFactory().pk, "restricted": "on"})

    assert Observation.objects.get().issue == issue
    assert _less_keys(text_of(as_officer, issue.get_absolute_url())) == _less_keys(before)


def test_one_that_is_restricted_afterwards_does_not_tell_that_something_happened(
    as_representative: Client, representative: Member
) -> None:
    issue = IssueFactory(title="Mörkt")
    before = issue.happened_at
    address = f"{reverse('issues:report')}?arende={issue.number}"
    as_representative.post(address, REPORT | {"category": CategoryFactory().pk})
    seen = Observation.objects.get()
    assert Issue.objects.get().happened_at > before

    assert correct(as_representative, seen, restricted="on").restricted

    assert Issue.objects.get().happened_at == issue.created_at


@pytest.fixture
def as_deputy(deputy: Member) -> Client:
    client = Client()
    client.force_login(deputy)
    return client


def _less_keys(page: str) -> str:
    return re.sub(r'name="(key|csrfmiddlewaretoken)" value="[^"]*"', "", page)
