"""The list: what one chooses in the address, what heads it, and a cost that does not grow with it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.utils import timezone

from issues.models import Observation
from issues.texts.observation import when_seen
from members.actor import Actor
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.pages import text_of
from tests.the import the

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

    assert headline(as_handler) == "Observationer i era ärenden"


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
    assert headline(as_representative, mina="1", lage="rejected") == (
        "Inga avvisade observationer som du har rapporterat"
    )
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

    assert "<h1>Inga avvisade observationer</h1>" in page
    assert "Ändra urvalet i meningen ovanför" in page


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


# Whoever has reported keeps her reports, whatever she is today


def ended(member: Member) -> None:
    for seat in member.seats.all():
        seat.end(by=a_coordinator(), last_day=in_days(-1))


def is_made_reader(member: Member) -> None:
    ended(member)
    member.change(by=a_coordinator(), is_reader=True)


def her_organisation_leaves(member: Member) -> None:
    the(member.organisation).change(by=a_coordinator(), active_to=in_days(-1))


def comes_again(member: Member) -> None:
    ended(member)
    by, place = a_coordinator(), the(member.organisation)
    Seat.appoint(by=by, member=member, organisation=place, role=Seat.Role.ORDINARY, since=in_days(7))


@pytest.mark.parametrize("since", [ended, is_made_reader, her_organisation_leaves, comes_again])
def test_who_has_a_seat_no_longer_reads_of_her_own_reports(
    as_representative: Client, representative: Member, since: Callable[[Member], None], officer: Member
) -> None:
    Seat.objects.update(period=DateRange(in_days(-30), None))
    since(representative)
    assert headline(as_representative, mina="1") == "Du har inte rapporterat något"
    assert headline(as_representative) == "Observationerna läses av gruppen"
    assert "Återkoppling på dina rapporter" not in text_of(as_representative, "/")

    hers, _ = ObservationFactory(reporter=representative, text="Min"), ObservationFactory(reporter=officer)
    for query in ({"mina": "1"}, {}):
        assert headline(as_representative, **query) == "En av dina observationer väntar på att sorteras"
        assert listed(as_representative, **query) == ["Min"]
    hers.note(by=Actor.of(a_coordinator().member))
    assert headline(as_representative) == "Alla dina observationer är sorterade"

    start = text_of(as_representative, "/")
    assert "Återkoppling på dina rapporter" in start
    assert "Noterad för lägesbilden." in start
    assert 'href="/rapportera/"' not in start


def test_who_sits_for_several_reads_of_what_the_group_has_seen(
    as_representative: Client, representative: Member, police: Organisation
) -> None:
    Seat.appoint(by=a_coordinator(), member=representative, organisation=police, role="deputy", since=in_days(0))
    first, *_ = representative.seats.all()
    first.end(by=a_coordinator(), last_day=in_days(0))
    ObservationFactory(reporter=representative)

    assert headline(as_representative) == "En observation väntar på att sorteras"
    assert headline(as_representative, mina="1") == "En av dina observationer väntar på att sorteras"


def test_a_handler_who_once_reported_reads_of_her_own(as_handler: Client, handler: Member) -> None:
    ObservationFactory(reporter=handler)

    assert headline(as_handler, mina="1") == "En av dina observationer väntar på att sorteras"
    assert headline(as_handler) == "Observationer i era ärenden, och det du har rapporterat"
    assert "Återkoppling på dina rapporter" in text_of(as_handler, "/")


def test_a_long_text_is_all_there_with_its_end_folded(as_representative: Client) -> None:
    beginning, rest = "Glas " * 59 + "här", "och " * 40 + "slut."
    ObservationFactory(text=f"{beginning} {rest}")

    page = as_representative.get("/observationer/").content.decode()

    assert f"<p>”{beginning}</p>" in page
    assert f"<p>{rest}”</p>" in page


def test_the_headline_follows_what_is_chosen_and_counts_it(
    as_representative: Client, officer: Member, police: Organisation, coordinator: Member
) -> None:
    for text in ("Glas vid gungan", "Krossglaset ligger kvar", "Musik"):
        ObservationFactory(reporter=officer, text=text).note(by=Actor.of(coordinator))
    ObservationFactory(text="Glas här")

    assert headline(as_representative, lage="noted") == "Tre noterade observationer"
    assert headline(as_representative, lage="noted", organisation=str(police.pk)) == (
        f"Tre noterade observationer från {police}"
    )
    assert headline(as_representative, lage="new", ord="glas") == "En ny observation med ”glas”"
    assert headline(as_representative, lage="rejected") == "Inga avvisade observationer"


def test_words_choose_among_the_observations_also_inside_others_and_by_category(as_representative: Client) -> None:
    ObservationFactory(text="Glas vid gungan")
    ObservationFactory(text="Krossglaset ligger kvar")
    ObservationFactory(text="Musik")

    assert listed(as_representative, ord="glas") == ["Krossglaset ligger kvar", "Glas vid gungan"]
    assert listed(as_representative, ord="belysning") == ["Musik", "Krossglaset ligger kvar", "Glas vid gungan"]
    assert listed(as_representative, ord="\x00") == ["Musik", "Krossglaset ligger kvar", "Glas vid gungan"]
    assert listed(as_representative, ord="zzzz") == []
