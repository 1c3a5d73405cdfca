"""Reports handed in many at a time: all or none, each once, and in as few statements as one of them costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from issues.models import Category, Observation
from issues.reporting import Report, ReportRefused, report_all
from members.actor import Actor
from members.models import Member, Organisation
from tests.at_once import at_once
from tests.days import in_days
from tests.factories import CategoryFactory, PlaceFactory, SeatFactory
from tests.the import the

pytestmark = pytest.mark.django_db


def a_report(member: Member, **facts: Any) -> Report:
    said = {"category": CategoryFactory(), "where": "Tunneln", "organisation": member.organisation}
    return Report(**{**said, **facts})


@pytest.mark.parametrize("number", [1, 3, 1000])
def test_report_all_costs_four_statements_however_many(representative: Member, number: int) -> None:
    """One for whom she speaks for, one for the known places, one that writes, one that reads what was written."""
    PlaceFactory(name="Tunneln")
    report, by = a_report(representative), Actor.of(representative)
    reports = [Report(**{**vars(report), "key": uuid4(), "text": f"Nummer {n}"}) for n in range(number)]

    with CaptureQueriesContext(connection) as asked:
        told = report_all(reports, by=by)

    assert len(asked) == 4
    assert [each.text for each in told] == [each.text for each in reports]
    assert {the(each.place).name for each in Observation.objects.select_related("place")} == {"Tunneln"}


def test_report_all_keeps_what_the_report_says(representative: Member) -> None:
    at, now = timezone.now() - timedelta(hours=1), timezone.now()
    somewhere = PlaceFactory(name="En annan plats")
    facts = {
        "seen_from": now - timedelta(hours=3), "seen_to": now - timedelta(hours=2), "precision": "band", "unsafe": 3,
        "recurring": True, "handled": True, "police_report": "yes", "source": "resident", "text": "Mörkt.",
        "for_meeting": True, "restricted": True, "place": somewhere,
    }  # fmt: skip

    [told] = report_all([a_report(representative, **facts)], by=Actor.of(representative), at=at)

    assert {name: getattr(told, name) for name in facts} == facts
    assert (told.reporter, told.created_at, told.is_new) == (representative, at, True)


def test_report_all_refuses_an_organisation_that_the_reporter_does_not_speak_for(
    representative: Member, coordinator: Member, police: Organisation
) -> None:
    own, theirs = a_report(representative), a_report(representative, organisation=police)

    with pytest.raises(ReportRefused) as refused:
        report_all([own, theirs], by=Actor.of(representative))

    assert (refused.value.index, refused.value.message_dict) == (
        1,
        {"organisation": ["Du kan inte rapportera för Polisen."]},
    )
    assert not Observation.objects.exists()
    assert report_all([own, theirs], by=Actor.of(coordinator))  # she writes down for all


def test_report_all_asks_for_whom_she_spoke_that_day(representative: Member, technical: Organisation) -> None:
    representative.seats.update(period=DateRange(in_days(-30), in_days(-10)))
    report, member = a_report(representative), Member.objects.get(pk=representative.pk)

    with pytest.raises(ReportRefused):
        report_all([report], by=Actor.of(member))

    assert report_all([report], by=Actor.of(member), at=timezone.now() - timedelta(days=20))


def test_report_all_recognises_each_known_place(representative: Member) -> None:
    park, tunnel = PlaceFactory(name="Kvarnparken"), PlaceFactory(name="Tunneln")
    words = [" kvarnparken ", "TUNNELN", "bakom kiosken"]

    told = report_all([a_report(representative, where=each) for each in words], by=Actor.of(representative))

    assert [each.place for each in told] == [park, tunnel, None]
    assert [each.where for each in told] == ["kvarnparken", "TUNNELN", "bakom kiosken"]


def test_report_all_again_gives_the_first_observations(representative: Member) -> None:
    first, second = a_report(representative, text="Först"), a_report(representative, text="Sedan")
    earlier = report_all([first], by=Actor.of(representative))

    changed = Report(**{**vars(first), "text": "Något annat"})
    told = report_all([second, changed, second], by=Actor.of(representative))

    assert told[1] == earlier[0]
    assert [each.text for each in told] == ["Sedan", "Först", "Sedan"]
    assert Observation.objects.count() == 2


def test_report_all_keeps_the_keys_of_two_reporters_apart(representative: Member, officer: Member) -> None:
    report = a_report(representative)

    SeatFactory(organisation=representative.organisation, member=officer, role="deputy")  # she speaks for both

    [first], [second] = (report_all([report], by=Actor.of(member)) for member in (representative, officer))

    assert first != second
    assert (first.reporter, second.reporter) == (representative, officer)


@pytest.mark.django_db(transaction=True)
def test_report_all_at_once_makes_each_observation_once(representative: Member) -> None:
    reports = [a_report(representative) for _ in range(3)]

    def hand_in() -> list[Observation]:
        return report_all(reports, by=Actor.of(representative))

    first, second = at_once(hand_in, hand_in)

    assert first == second
    assert Observation.objects.count() == 3


@pytest.mark.parametrize(
    ("facts", "field", "told"),
    [
        ({"where": "å" * 201}, "where", "för lång"),
        ({"source": "gossip"}, "source", "gossip"),
        ({"category": "Något annat"}, "text", "Berätta med egna ord när du har valt ”Något annat”."),
        ({"seen_to": timezone.now() - timedelta(days=1)}, "__all__", "Det slutade innan det började."),
    ],
)
def test_report_all_refuses_all_and_says_which(
    representative: Member, facts: dict[str, object], field: str, told: str
) -> None:
    if isinstance(facts.get("category"), str):
        facts = {"category": Category.objects.get(name=facts["category"])}
    reports = [a_report(representative), a_report(representative, **facts), a_report(representative)]

    with pytest.raises(ReportRefused) as refused:
        report_all(reports, by=Actor.of(representative))

    assert refused.value.index == 1
    assert told in " ".join(refused.value.update_error_dict({})[field][0].messages)
    assert not Observation.objects.exists()


def test_report_all_of_nothing(representative: Member) -> None:
    assert report_all([], by=Actor.of(representative)) == []
