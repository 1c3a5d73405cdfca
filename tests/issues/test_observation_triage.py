"""The verbs that sort an observation: once, under lock, and what came of it is kept."""

import re
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from base.records import Conflict, NotAllowed
from issues.models import Event, Issue, Observation
from issues.triage import open_issue_from
from members.actor import Actor
from members.models import Member
from tests.factories import IssueFactory, MemberFactory, ObservationFactory
from tests.the import the

State = Observation.State


@pytest.fixture
def successor(db: None) -> Member:
    return MemberFactory(name="Ny Samordnare", is_coordinator=True)


def test_attaching_says_so_in_the_timeline_of_the_issue(coordinator: Member) -> None:
    observation, issue = ObservationFactory(), IssueFactory()

    observation.attach(issue, by=Actor.of(coordinator))

    observation.refresh_from_db()
    assert (observation.state, observation.issue, observation.triaged_by) == (State.ATTACHED, issue, coordinator)
    event = issue.events.get()
    assert (event.kind, event.observation, event.by) == (Event.Kind.OBSERVED, observation, coordinator)
    assert str(event) == "Observation kopplad: belysning, Norra gångtunneln."


def test_what_belongs_to_an_issue_that_was_closed_meanwhile_stays_in_the_queue(coordinator: Member) -> None:
    observation, issue = ObservationFactory(), IssueFactory()
    Issue.objects.get().close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Det lyser.")

    with pytest.raises(Conflict, match=r"Ärendet är avslutat \(Maja Exempel, i dag"):
        observation.attach(issue, by=Actor.of(coordinator))

    assert Observation.objects.to_triage().get() == observation
    assert observation.is_new


@pytest.mark.django_db(transaction=True)
def test_an_issue_that_is_being_closed_takes_in_no_observation(coordinator: Member, successor: Member) -> None:
    observation, issue = ObservationFactory(), IssueFactory()

    def attach() -> str:
        try:
            Observation.objects.get().attach(Issue.objects.get(), by=Actor.of(successor))
        except Conflict as refused:
            return str(refused.message)
        finally:
            connection.close()
        return "attached"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Det lyser.")
            told = pool.submit(attach)
            wait_until_somebody_waits()

        who_and_when, therefore = r"\(Maja Exempel, i dag \d\d\.\d\d\)", "Öppna det igen om något mer ska göras."
        assert re.fullmatch(rf"Ärendet är avslutat {who_and_when}\. {therefore}", told.result(timeout=10))
    assert Observation.objects.to_triage().get() == observation


def test_noting_keeps_it_for_the_lagesbild_alone(coordinator: Member) -> None:
    observation = ObservationFactory()

    observation.note(by=Actor.of(coordinator))

    observation.refresh_from_db()
    assert (observation.state, observation.issue, observation.triaged_by) == (State.NOTED, None, coordinator)
    assert observation.triaged_at is not None


def test_rejecting_keeps_the_reason(coordinator: Member) -> None:
    observation = ObservationFactory()

    observation.reject(reason="Redan anmält.", by=Actor.of(coordinator))

    observation.refresh_from_db()
    assert (observation.state, observation.rejection) == (State.REJECTED, "Redan anmält.")


@pytest.mark.parametrize(
    ("first", "stands"),
    [
        ("attach", "kopplad till ärende 2026-41"),
        ("note", "noterad för lägesbilden"),
        ("reject", "avvisad"),
    ],
)
@pytest.mark.parametrize("second", ["attach", "note", "reject"])
def test_the_second_is_told_who_was_first_and_nothing_is_overwritten(
    coordinator: Member, successor: Member, first: str, stands: str, second: str
) -> None:
    one, other = IssueFactory(serial=41), IssueFactory(serial=42)
    hers = ObservationFactory()
    his = Observation.objects.get(pk=hers.pk)
    verbs = {
        "attach": lambda observation, issue, by: observation.attach(issue, by=Actor.of(by)),
        "note": lambda observation, issue, by: observation.note(by=Actor.of(by)),
        "reject": lambda observation, issue, by: observation.reject(reason="Nej.", by=Actor.of(by)),
    }
    verbs[first](hers, one, coordinator)
    before = Observation.objects.values().get()

    with pytest.raises(Conflict) as said:
        verbs[second](his, other, successor)

    [told] = said.value.messages
    assert re.fullmatch(rf"Observationen är {stands} \(Maja Exempel, i dag .*\)\. Inget är ändrat\.", told)
    assert Observation.objects.values().get() == before
    assert not other.events.exists()


def test_what_was_noted_or_rejected_too_soon_is_put_back_and_sorted_anew(coordinator: Member) -> None:
    observation, issue = ObservationFactory(), IssueFactory()
    observation.reject(reason="Fel.", by=Actor.of(coordinator))

    observation.put_back(by=Actor.of(coordinator))

    assert Observation.objects.to_triage().get() == observation
    observation.refresh_from_db()
    assert (observation.rejection, observation.triaged_by, observation.triaged_at) == ("", None, None)
    observation.attach(issue, by=Actor.of(coordinator))
    assert issue.observations.get() == observation


def test_what_waits_already_is_not_put_back(coordinator: Member) -> None:
    with pytest.raises(Conflict, match="väntar på att sorteras"):
        ObservationFactory().put_back(by=Actor.of(coordinator))


def test_what_went_into_the_wrong_issue_is_taken_out_and_the_timeline_says_so(coordinator: Member) -> None:
    observation, issue = ObservationFactory(where="Åparken"), IssueFactory()
    observation.attach(issue, by=Actor.of(coordinator))

    observation.put_back(by=Actor.of(coordinator))

    assert (observation.state, observation.issue) == (Observation.State.NEW, None)
    latest = the(issue.events.latest_first().first())
    assert str(latest).endswith(", Åparken.")
    assert str(latest).startswith("Observation bortkopplad: ")
    assert latest.observation == observation


@pytest.mark.parametrize("barred", ["closed", "restricted"])
def test_what_hangs_on_a_closed_or_restricted_issue_stays_there(coordinator: Member, barred: str) -> None:
    issue, observation = IssueFactory(restricted=barred == "restricted"), ObservationFactory()
    observation.attach(issue, by=Actor.of(coordinator))
    if barred == "closed":
        issue.close(by=Actor.of(coordinator), outcome=Issue.Outcome.SOLVED, feedback="Klart.")

    with pytest.raises(NotAllowed, match="det går inte att ta den därifrån"):
        observation.put_back(by=Actor.of(coordinator))

    observation.refresh_from_db()
    assert observation.state == Observation.State.ATTACHED


def test_the_number_of_a_restricted_issue_is_not_told(coordinator: Member, successor: Member) -> None:
    attached = ObservationFactory(reporter=successor)
    attached.attach(IssueFactory(serial=41, restricted=True), by=Actor.of(coordinator))

    with pytest.raises(Conflict, match=r"kopplad till ett ärende \("):
        Observation.objects.get(pk=attached.pk).note(by=Actor.of(successor))


@pytest.mark.django_db(transaction=True)
def test_one_who_waited_for_another_is_told_who_it_was(coordinator: Member, successor: Member) -> None:
    observation = ObservationFactory()

    def reject() -> str:
        try:
            Observation.objects.get(pk=observation.pk).reject(reason="Nej.", by=Actor.of(successor))
        except Conflict as refused:
            return str(refused.message)
        finally:
            connection.close()
        return "rejected"

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            observation.note(by=Actor.of(coordinator))
            told = pool.submit(reject)
            wait_until_somebody_waits()

        assert told.result(timeout=10).startswith("Observationen är noterad för lägesbilden (Maja Exempel, i dag ")


def wait_until_somebody_waits() -> None:
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone() != (0,):
                return
            sleep(0.02)
    pytest.fail("Nobody waits.")


def test_an_issue_begins_with_its_observations_or_not_at_all(coordinator: Member, successor: Member) -> None:
    sorted_meanwhile = ObservationFactory()
    Observation.objects.get(pk=sorted_meanwhile.pk).note(by=Actor.of(successor))

    with pytest.raises(Conflict):
        open_issue_from([sorted_meanwhile], by=Actor.of(coordinator), title="Mörkt")
    with pytest.raises(ValidationError):
        open_issue_from([ObservationFactory()], by=Actor.of(coordinator), title="")

    assert not Issue.objects.exists()
    assert not Observation.objects.in_state(State.ATTACHED).exists()


@pytest.mark.django_db
def test_what_should_be_taken_up_is_sorted_first_then_the_oldest() -> None:
    oldest = ObservationFactory()
    latest = ObservationFactory()
    urgent = ObservationFactory(for_meeting=True)

    assert list(Observation.objects.to_triage()) == [urgent, oldest, latest]
