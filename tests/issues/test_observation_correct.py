"""A slip of the thumb is put right by the one who reported it, until somebody has sorted it."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from base.swedish.clock import SKIPPED
from issues.forms.when import TimeSeen, earlier_today, just_now
from issues.models import Category, Observation
from members.actor import Actor
from members.models import Member
from tests.factories import IssueFactory, ObservationFactory, PlaceFactory

Precision = Observation.Precision


@pytest.fixture
def observation(representative: Member) -> Observation:
    return ObservationFactory(reporter=representative, organisation=representative.organisation, text="Mörkt")


def test_a_timeline_that_told_of_it_before_says_when_it_was_corrected(
    observation: Observation, coordinator: Member, representative: Member
) -> None:
    by, issue = Actor.of(coordinator), IssueFactory()
    at = timezone.make_aware(datetime(2021, 11, 20, 12))
    observation.attach(issue, by=by, at=at)
    observation.put_back(by=by, at=at + timedelta(minutes=1))

    observation.correct(by=Actor.of(representative), at=at + timedelta(days=4), where="Åparken")
    observation.attach(issue, by=by, at=at + timedelta(days=5))

    assert [str(event) for event in issue.events.order_by("at")] == [
        "Observation kopplad: belysning, Åparken (rättad 24 november 2021).",
        "Observation bortkopplad: belysning, Åparken (rättad 24 november 2021).",
        "Observation kopplad: belysning, Åparken.",
    ]


def test_what_is_saved_without_a_change_is_not_corrected(observation: Observation, representative: Member) -> None:
    version = observation.version

    observation.correct(by=Actor.of(representative), text=" Mörkt ", where=observation.where)

    kept = Observation.objects.get()
    assert (kept.corrected_at, kept.version, kept.text) == (None, version, "Mörkt")


def url(observation: Observation) -> str:
    return f"/observationer/{observation.pk}/ratta/"


def shown(client: Client, observation: Observation) -> dict[str, object]:
    """What the page's form would send if nothing were changed."""
    form = client.get(url(observation)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {name: f"{value:%H:%M}" for name, value in values.items() if isinstance(value, time)}
    return {name: value for name, value in values.items() if value not in (None, False)}


def test_the_form_shows_what_was_said_and_changes_what_is_changed(
    as_representative: Client, observation: Observation
) -> None:
    place, damage = PlaceFactory(name="Åparken"), Category.objects.get(name="Skadegörelse")
    typed = shown(as_representative, observation) | {"where": "åparken", "category": damage.pk}

    response = as_representative.post(url(observation), typed, follow=True)

    before, after = observation, Observation.objects.get()
    assert (after.where, after.place, after.category, after.text) == ("åparken", place, damage, "Mörkt")
    assert (after.organisation, after.reporter, after.client_key) == (
        before.organisation, before.reporter, before.client_key,
    )  # fmt: skip
    assert "Ändringen är sparad." in response.content.decode()


@pytest.mark.parametrize(
    ("precision", "hours"), [(Precision.DAY, 0), (Precision.EXACT, None), (Precision.BAND, 2)], ids=str
)
def test_the_time_it_was_seen_stands_unless_it_is_changed(
    as_representative: Client, observation: Observation, precision: str, hours: int | None
) -> None:
    start = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0) - timedelta(days=2)
    start = start.replace(hour=0) if precision == Precision.DAY else start
    end = None if hours is None else start + timedelta(hours=hours or 24)
    Observation.objects.update(seen_from=start, seen_to=end, precision=precision)

    as_representative.post(url(observation), shown(as_representative, observation) | {"text": "Ljusare"})

    observation.refresh_from_db()
    assert (observation.seen_from, observation.seen_to, observation.precision) == (start, end, precision)
    assert observation.text == "Ljusare"


CHANGES = [{"text": "Ljusare"}, {"end": "03:10"}, {"start": "02:30", "text": "Ljusare"}]


@pytest.mark.parametrize("changed", CHANGES, ids=str)
def test_in_the_hour_that_comes_twice_it_stays_in_the_one_it_was(
    as_representative: Client, observation: Observation, changed: dict[str, str]
) -> None:
    start = datetime(2025, 10, 26, 1, 30, 40, tzinfo=UTC)  # winter time, the second 02.30 of that night
    band = {"seen_to": start + timedelta(minutes=20), "precision": Precision.BAND}
    Observation.objects.update(seen_from=start, **band)

    as_representative.post(url(observation), shown(as_representative, observation) | changed)

    observation.refresh_from_db()
    assert observation.seen_from == start
    assert observation.corrected_at


def test_a_time_that_does_not_exist_is_told_at_its_field(as_representative: Client, observation: Observation) -> None:
    typed = shown(as_representative, observation) | {"day": "2026-03-29", "start": "02:30", "text": "Ljusare"}

    page = as_representative.post(url(observation), typed)

    assert page.context["form"].errors == {"start": [SKIPPED]}
    assert "Ljusare" in page.content.decode()


@pytest.mark.parametrize("ready_made", [just_now, earlier_today])
def test_a_form_that_is_sent_as_it_was_shown_corrects_nothing(
    as_representative: Client, observation: Observation, ready_made: Callable[[datetime], TimeSeen]
) -> None:
    reported = timezone.localtime().replace(second=33) - timedelta(minutes=1)
    start, end, precision = ready_made(reported)
    Observation.objects.update(seen_from=start, seen_to=end, precision=precision)

    response = as_representative.post(url(observation), shown(as_representative, observation))

    assert response.status_code == 302
    kept = Observation.objects.get()
    assert (kept.seen_from, kept.seen_to, kept.precision, kept.corrected_at) == (start, end, precision, None)


def test_what_is_sorted_meanwhile_is_left_as_it_is_and_the_text_stands(
    as_representative: Client, coordinator: Member, observation: Observation
) -> None:
    typed = shown(as_representative, observation) | {"text": "Ändrat för sent"}
    observation.note(by=Actor.of(coordinator))

    page = as_representative.post(url(observation), typed).content.decode()

    assert "Observationen är noterad för lägesbilden (Maja Exempel" in page
    assert "Ändrat för sent" in page
    assert Observation.objects.get().text == "Mörkt"


def test_two_windows_do_not_overwrite_each_other(as_representative: Client, observation: Observation) -> None:
    first = shown(as_representative, observation)
    second = shown(as_representative, observation)
    as_representative.post(url(observation), first | {"text": "Först"})

    page = as_representative.post(url(observation), second | {"text": "Sedan"}).content.decode()

    assert "medan du skrev" in page
    assert "Sedan" in page
    assert Observation.objects.get().text == "Först"


def test_the_way_there_is_shown_only_to_her_and_only_until_it_is_sorted(
    as_representative: Client, as_coordinator: Client, coordinator: Member, observation: Observation
) -> None:
    address = observation.get_absolute_url()

    assert url(observation) in as_representative.get(address).content.decode()
    assert url(observation) not in as_coordinator.get(address).content.decode()

    observation.note(by=Actor.of(coordinator))
    assert url(observation) not in as_representative.get(address).content.decode()


def test_one_who_has_left_her_seat_since_is_not_led_to_what_she_may_not_do(
    as_representative: Client, observation: Observation, representative: Member
) -> None:
    sent = f"/rapportera/tack/{observation.pk}/"
    assert url(observation) in as_representative.get(sent).content.decode()

    for seat in representative.seats.all():
        seat.end(last_day=timezone.localdate() - timedelta(days=1), by=Actor.of(representative))

    page = as_representative.get(sent).content.decode()
    assert "<h1>Tack för din observation</h1>" in page
    assert url(observation) not in page
