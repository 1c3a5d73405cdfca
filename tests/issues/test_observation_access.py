"""Which observations each role may know of, whose names they read, and what of an issue shows through."""

import pytest
from django.test import Client

from issues.models import AccessGrant, Issue, Observation
from issues.triage import open_issue_from
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, IssueFactory, ObservationFactory, SeatFactory
from tests.people import signed_in
from tests.the import the


@pytest.fixture
def open_one(officer: Member) -> Observation:
    return ObservationFactory(reporter=officer, text="Öppen")


@pytest.fixture
def restricted_one(officer: Member) -> Observation:
    return ObservationFactory(reporter=officer, restricted=True, text="Begränsad")


@pytest.fixture
def in_restricted_issue(officer: Member) -> Observation:
    issue = IssueFactory(restricted=True, title="Begränsat ärende")
    return ObservationFactory(reporter=officer, issue=issue, text="I begränsat ärende")


@pytest.fixture
def asked_about(officer: Member, housing: Organisation) -> Observation:
    """On an issue where Witalabostäder has been asked."""
    issue = ActionFactory(assignment__organisation=housing).issue
    return ObservationFactory(reporter=officer, issue=issue, text="Det handläggaren frågas om")


@pytest.fixture
def everything(
    open_one: Observation, restricted_one: Observation, in_restricted_issue: Observation, asked_about: Observation
) -> set[Observation]:
    return {open_one, restricted_one, in_restricted_issue, asked_about}


def seen_by(member: Member) -> set[Observation]:
    return set(Observation.objects.visible_to(member))


def test_samordnare_and_representatives_see_all_that_is_not_restricted(
    everything: set[Observation],
    open_one: Observation,
    asked_about: Observation,
    coordinator: Member,
    representative: Member,
    deputy: Member,
) -> None:
    for member in (coordinator, representative, deputy):
        assert seen_by(member) == {open_one, asked_about}
        assert set(Observation.objects.without_restricted_for(member)) == {open_one, asked_about}


def test_a_handler_sees_those_of_issues_her_organisation_was_asked_about(
    everything: set[Observation], asked_about: Observation, handler: Member
) -> None:
    restricted = ActionFactory(issue__restricted=True, assignment__organisation=handler.answers_for.get()).issue
    ObservationFactory(issue=restricted, text="Begränsat men tillfrågat")

    assert seen_by(handler) == {asked_about}


def test_a_question_still_in_draft_shows_the_handler_nothing(asked_about: Observation, handler: Member) -> None:
    the(asked_about.issue).actions.get().assignments.update(asked_at=None, asked_by=None)

    assert seen_by(handler) == set()


def test_readers_and_guests_see_no_raw_observations(
    everything: set[Observation], reader: Member, outsider: Member
) -> None:
    assert seen_by(reader) == set()
    assert seen_by(outsider) == set()


def test_a_reporter_keeps_her_own_whatever_it_led_to_and_also_without_a_seat(
    everything: set[Observation], officer: Member
) -> None:
    assert seen_by(officer) == everything

    officer.seats.all().delete()

    assert seen_by(Member.objects.get(pk=officer.pk)) == everything


def test_one_named_on_an_observation_sees_it_and_no_other(
    everything: set[Observation], restricted_one: Observation, open_one: Observation, asked_about: Observation,
    representative: Member, outsider: Member,
) -> None:  # fmt: skip
    for member in (representative, outsider):
        AccessGrant.objects.create(observation=restricted_one, member=member)

    assert seen_by(representative) == {open_one, asked_about, restricted_one}
    assert seen_by(outsider) == set()  # being named lifts the restriction, it gives no role


def test_one_named_on_an_issue_sees_its_observations_unless_they_are_restricted_themselves(
    in_restricted_issue: Observation, coordinator: Member
) -> None:
    issue = in_restricted_issue.issue
    ObservationFactory(issue=issue, restricted=True)
    AccessGrant.objects.create(issue=issue, member=coordinator)

    assert seen_by(coordinator) == {in_restricted_issue}


def test_an_issue_made_of_a_restricted_observation_is_restricted_to_those_who_saw_it(
    restricted_one: Observation, coordinator: Member, officer: Member, representative: Member
) -> None:
    AccessGrant.objects.create(observation=restricted_one, member=coordinator)

    issue = open_issue_from([restricted_one], by=Actor.of(coordinator), title="Oro")

    assert issue.restricted
    assert {named.member for named in AccessGrant.objects.filter(issue=issue)} == {coordinator, officer}
    assert not Issue.objects.visible_to(representative).exists()


def test_the_reporter_reads_nothing_of_a_restricted_issue_it_was_put_in(
    as_officer: Client, in_restricted_issue: Observation
) -> None:
    issue = the(in_restricted_issue.issue)

    pages = [
        as_officer.get(url).content.decode() for url in ("/observationer/", in_restricted_issue.get_absolute_url())
    ]

    for page in pages:
        assert "I begränsat ärende" in page
        assert "Kopplad till ett ärende." in page
        assert issue.number not in page
        assert issue.title not in page


def test_the_reporters_name_is_for_her_organisation_and_the_samordnare(
    asked_about: Observation,
    officer: Member,
    police: Organisation,
    coordinator: Member,
    representative: Member,
    handler: Member,
) -> None:
    SeatFactory(member=representative, organisation=police, role="deputy")
    colleague, others = representative, [handler, SeatFactory().member]

    def names(member: Member) -> list[bool]:
        client = signed_in(member)
        urls = (asked_about.get_absolute_url(), "/observationer/")
        return ["Ali Ritning" in client.get(url).content.decode().partition("<main")[2] for url in urls]

    assert [names(member) for member in (officer, colleague, coordinator)] == [[True, True]] * 3
    assert [names(member) for member in others] == [[False, False]] * 2


@pytest.mark.parametrize(("text", "is_told"), [("Skrikig [maskerat] i tunneln.", True), ("Skrik i tunneln …", False)])
def test_who_reported_is_told_that_something_was_masked(
    as_representative: Client, representative: Member, text: str, is_told: bool
) -> None:
    seen = ObservationFactory(reporter=representative, text=text)

    page = as_representative.get(seen.get_absolute_url()).content.decode()

    assert ("Något i texten är maskerat, för att det pekade ut någon." in page) == is_told
