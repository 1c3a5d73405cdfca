"""The list: what one chooses in the address, what heads it, and a cost that does not grow with it."""

from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Observation
from issues.texts.observation import when_seen
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, IssueFactory, ObservationFactory

URL = "/observationer/"
State = Observation.State


def listed(client: Client, **query: str) -> list[str]:
    return [observation.text for observation in client.get(URL, query).context["page"]]


def headline(client: Client, **query: str) -> str:
    return str(client.get(URL, query).context["headline"])


def test_the_latest_stands_first_and_the_address_chooses(
    as_representative: Client, representative: Member, officer: Member, coordinator: Member
) -> None:
    ObservationFactory(reporter=officer, text="Ny")
    ObservationFactory(reporter=officer, text="Noterad").note(by=Actor.of(coordinator))
    ObservationFactory(reporter=representative, text="Min")

    assert listed(as_representative) == ["Min", "Noterad", "Ny"]
    assert listed(as_representative, lage="noted") == ["Noterad"]
    assert listed(as_representative, mina="1") == ["Min"]
    assert listed(as_representative, mina="1", lage="noted") == []


def test_the_list_can_be_of_one_issue_or_one_organisation(
    as_representative: Client, officer: Member, police: Organisation
) -> None:
    issue, hidden = IssueFactory(), IssueFactory(restricted=True)
    ObservationFactory(text="I ärendet", issue=issue)
    ObservationFactory(text="I ett dolt", issue=hidden)
    ObservationFactory(text="Från polisen", reporter=officer)

    assert listed(as_representative, arende=issue.number) == ["I ärendet"]
    assert listed(as_representative, arende=hidden.number) == []
    assert listed(as_representative, organisation=str(police.pk)) == ["Från polisen"]


def test_a_handler_reads_that_the_list_is_of_her_issues(as_handler: Client, housing: Organisation) -> None:
    issue = ActionFactory(assignment__organisation=housing).issue
    ObservationFactory(issue=issue)

    assert headline(as_handler) == "Vad som har setts i era ärenden"


@pytest.mark.parametrize(
    "query",
    [
        {"lage": "secret"},
        {"lage": "\x00"},
        {"mina": "\x00"},
        {"arende": "2026-x"},
        {"organisation": "²"},
        {"sida": "abc"},
        {"sida": "-1"},
        {"sida": "9" * 30},
    ],
    ids=str,
)
def test_what_makes_no_sense_in_the_address_is_left_aside(as_representative: Client, query: dict[str, str]) -> None:
    ObservationFactory(text="Ny")

    assert listed(as_representative, **query) == ["Ny"]


def test_the_headline_says_where_things_stand(
    as_representative: Client, representative: Member, officer: Member, coordinator: Member
) -> None:
    assert headline(as_representative) == "Observationer"
    assert headline(as_representative, mina="1") == "Du har inte rapporterat något"

    hers, his = ObservationFactory(reporter=representative), ObservationFactory(reporter=officer)
    assert headline(as_representative) == "Två observationer väntar på att sorteras"
    assert headline(as_representative, mina="1") == "En av dina observationer väntar på att sorteras"

    hers.note(by=Actor.of(coordinator))
    assert headline(as_representative, mina="1", lage="rejected") == "Alla dina observationer är sorterade"
    assert headline(as_representative) == "En observation väntar på att sorteras"
    assert headline(as_representative, mina="1") == "Alla dina observationer är sorterade"

    his.note(by=Actor.of(coordinator))
    assert headline(as_representative) == "Alla observationer är sorterade"


def test_an_empty_list_says_what_to_do(as_representative: Client, as_reader: Client) -> None:
    hers, the_readers = (client.get(URL).content.decode() for client in (as_representative, as_reader))

    assert "En misstanke räcker." in hers
    assert "<h1>Observationerna läses av gruppen</h1>" in the_readers
    assert "ser du hur många de är" in the_readers
    assert 'class="sentence"' not in hers + the_readers


def test_an_empty_choice_says_how_to_widen_it(as_representative: Client) -> None:
    ObservationFactory()

    page = as_representative.get(URL, {"lage": "rejected"}).content.decode()

    assert "Ingen observation stämmer med det du valt" in page
    assert "Byt något i meningen ovanför" in page


def test_the_reporter_reads_why_it_was_rejected(
    as_representative: Client, representative: Member, coordinator: Member
) -> None:
    observation = ObservationFactory(reporter=representative)
    observation.reject(reason="Samma klotter är redan anmält.", by=Actor.of(coordinator))

    for url in (URL, observation.get_absolute_url()):
        assert "<strong>Avvisad:</strong> Samma klotter är redan anmält." in as_representative.get(url).content.decode()


@pytest.mark.parametrize(
    ("precision", "until", "words"),
    [
        ("exact", None, "söndag 22 november 22.00"),
        ("band", "2026-11-23T02:00", "söndag 22 november 22.00–02.00"),
        ("day", "2026-11-23T00:00", "söndag 22 november"),
    ],
)
def test_when_it_was_is_said_as_well_as_it_is_known(precision: str, until: str | None, words: str) -> None:
    moment = timezone.make_aware(datetime(2026, 11, 22, 22))
    end = until and timezone.make_aware(datetime.fromisoformat(until))
    observation = Observation(seen_from=moment, seen_to=end, precision=precision)

    assert when_seen(observation, moment.date().replace(day=30)) == words
