"""What one has reported as the same straight into an issue is put right until others go on with the issue."""

from collections.abc import Callable

import pytest
from django.test import Client

from issues.models import Issue, Note, Observation
from issues.reporting import Report, report_in
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.factories import CategoryFactory, IssueFactory, PlaceFactory, SeatFactory
from tests.pages import text_of
from tests.the import the
from tests.tools.test_guards import forged

THEREFORE = "Inget är ändrat. Berätta för samordnaren vad som ska rättas."


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(serial=41, title="Mörkt i tunneln", category=CategoryFactory(), where="Norra gångtunneln")


@pytest.fixture
def same(issue: Issue, representative: Member) -> Observation:
    return told_by(representative, issue)


def told_by(member: Member, issue: Issue) -> Observation:
    report = Report(the(issue.category), issue.where, the(member.organisation), text="Fortfarande mrökt.")
    return report_in(issue, report, by=Actor.of(member))


def url(observation: Observation) -> str:
    return f"/observationer/{observation.pk}/ratta/"


def corrected(client: Client, observation: Observation, **facts: str) -> str:
    """The page when she has sent the form as it is shown, with the facts."""
    form = client.get(url(observation)).context["form"]
    typed = {name: form[name].value() for name in form.fields if name not in ("start", "end")}
    typed = {name: value for name, value in typed.items() if value not in (None, False)}
    return client.post(url(observation), typed | facts, follow=True).content.decode()


def leads_there(client: Client, observation: Observation) -> bool:
    return url(observation) in text_of(client, observation.get_absolute_url())


def test_she_puts_right_what_she_wrote_and_the_timeline_says_so(
    as_representative: Client, same: Observation, issue: Issue
) -> None:
    place = PlaceFactory(name="Åparken")
    thanks = text_of(as_representative, f"/rapportera/tack/{same.pk}/")
    assert "Det går tills någon annan gör något i ärendet." in thanks
    assert leads_there(as_representative, same)

    page = corrected(as_representative, same, text="Fortfarande mörkt.", where="Åparken")

    same.refresh_from_db()
    assert (same.text, same.place, same.issue) == ("Fortfarande mörkt.", place, issue)
    assert "Ändringen är sparad." in page
    assert [str(event).partition(" (rättad ")[0] for event in issue.events.all()] == [
        "Observation kopplad: belysning, Åparken"
    ]


def test_others_may_not(as_coordinator: Client, as_officer: Client, same: Observation) -> None:
    for client in (as_coordinator, as_officer):
        assert not leads_there(client, same)
        assert client.get(url(same)).status_code == 403


def test_others_who_report_the_same_and_what_she_does_herself_change_nothing(
    as_representative: Client, same: Observation, issue: Issue, representative: Member
) -> None:
    told_by(SeatFactory().member, issue)
    Note.write(issue, text="Ringde väghållaren.", by=Actor.of(representative))

    corrected(as_representative, same, text="Fortfarande mörkt.")

    same.refresh_from_db()
    assert same.text == "Fortfarande mörkt."


def write_a_note(issue: Issue) -> None:
    Note.write(issue, text="Ringde väghållaren.", by=a_coordinator())


def close(issue: Issue) -> None:
    issue.close(by=a_coordinator(), outcome="solved", feedback="Det lyser.")


def pause(issue: Issue) -> None:
    issue.pause(reason="Till våren.", by=a_coordinator())


@pytest.mark.parametrize("goes_on", [write_a_note, close, pause])
def test_when_another_goes_on_with_the_issue_it_stands(
    goes_on: Callable[[Issue], None], as_representative: Client, same: Observation, issue: Issue
) -> None:
    goes_on(issue)

    page = corrected(as_representative, same, text="Fortfarande mörkt.")

    assert not leads_there(as_representative, same)
    assert "Observationen är kopplad till ärende 2026-41 (Omar Prov" in page
    assert THEREFORE in page
    same.refresh_from_db()
    assert same.text == "Fortfarande mrökt."


def test_put_back_and_sorted_by_another_it_stands_as_what_others_sort(
    as_representative: Client, same: Observation, issue: Issue
) -> None:
    same.put_back(by=a_coordinator())
    assert leads_there(as_representative, same)

    same.attach(IssueFactory(), by=a_coordinator())
    assert not leads_there(as_representative, same)


def test_the_samordnares_own_that_she_sorts_afterwards_stands(as_coordinator: Client, coordinator: Member) -> None:
    SeatFactory(member=coordinator)
    issue = IssueFactory(category=CategoryFactory())
    own = told_by(coordinator, issue)
    assert leads_there(as_coordinator, own)

    own.put_back(by=Actor.of(coordinator))
    own.attach(issue, by=Actor.of(coordinator))

    assert not leads_there(as_coordinator, own)


def test_in_an_issue_that_she_has_closed_herself_it_stands(as_coordinator: Client, coordinator: Member) -> None:
    SeatFactory(member=coordinator)
    issue = IssueFactory(category=CategoryFactory())
    own = told_by(coordinator, issue)

    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Det lyser.")

    assert not leads_there(as_coordinator, own)


def test_the_database_says_the_same_to_whoever_goes_round_the_verb(same: Observation, issue: Issue) -> None:
    assert forged(same, text="Rättat") == ""

    write_a_note(issue)

    for facts in ({"text": "Något annat"}, {"where": "Någon annanstans"}, {"corrected_at": same.created_at}):
        assert forged(same, **facts) == "Det har hänt mer i ärendet sedan dess. Inget är ändrat."
