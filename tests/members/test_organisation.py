"""An organisation comes, changes and ends, and is never deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from base.records import EditConflict
from members.models import Member, Organisation, Seat
from tests.acting import a_coordinator
from tests.days import in_days, today
from tests.factories import MemberFactory, OrganisationFactory


def test_organisations_stand_by_kind_and_then_in_swedish_order(db: None) -> None:
    kinds = Organisation.Kind
    for name, kind in [
        ("Polisen", kinds.POLICE),
        ("Österns förvaltning", kinds.DEPARTMENT),
        ("Ånga AB", kinds.COMPANY),
        ("Barn- och utbildningsförvaltningen", kinds.DEPARTMENT),
        ("Kommunledningsförvaltningen", kinds.LEADERSHIP),
        ("Ärlig förvaltning", kinds.DEPARTMENT),
    ]:
        OrganisationFactory(name=name, kind=kind)

    assert [organisation.name for organisation in Organisation.objects.in_order()] == [
        "Kommunledningsförvaltningen",
        "Barn- och utbildningsförvaltningen",
        "Ärlig förvaltning",
        "Österns förvaltning",
        "Ånga AB",
        "Polisen",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "TEKNISKA förvaltningen",
        "Tekniska\u00a0förvaltningen",
        " Tekniska   förvaltningen\t",
        "Tekniska\u202ff\u00f6rvaltningen",
        "Tekniska fo\u0308rvaltningen",
        "TEKNISKA FO\u0308RVALTNINGEN",
        "\ufeffTek\u00adniska\u200b förvaltningen",
        "Tekniska\u000bförvaltningen",
        "Tekniska\u2028förvaltningen",
    ],
)
def test_two_organisations_cannot_share_a_name(technical: Organisation, name: str) -> None:
    with pytest.raises(ValidationError, match="Det finns redan en organisation med det namnet"):
        Organisation.admit(by=None, name=name)


def test_an_organisation_does_not_end_before_it_began(technical: Organisation) -> None:
    with pytest.raises(ValidationError, match="Slutdagen ligger före startdagen"):
        technical.change(by=a_coordinator(), active_to=date(2020, 12, 31))
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.update(active_to=date(2020, 12, 31))


def test_ending_an_organisation_ends_its_seats_the_same_day(
    representative: Member, deputy: Member, officer: Member, technical: Organisation
) -> None:
    technical.change(by=a_coordinator(), active_to=in_days(-1))

    assert [seat.last_day for seat in technical.seats.all()] == [in_days(-1), in_days(-1)]
    assert list(Organisation.objects.ended()) == [technical]
    assert technical not in Organisation.objects.active()
    assert list(Seat.objects.current()) == [officer.seats.get()]


def test_a_seat_that_would_begin_after_the_end_never_begins(technical: Organisation) -> None:
    Seat.appoint(by=None, organisation=technical, member=MemberFactory(), role=Seat.Role.DEPUTY, since=in_days(9))

    technical.change(by=a_coordinator(), active_to=today())

    assert not technical.seats.exists()


def test_an_end_before_a_seat_that_has_been_held_is_refused_and_changes_nothing(
    representative: Member, technical: Organisation
) -> None:
    Seat.appoint(
        by=None, organisation=technical, member=MemberFactory(name="Ivar Tänkt"), role="deputy", since=in_days(-1)
    )

    with pytest.raises(ValidationError, match="Ivar Tänkt har haft platsen redan"):
        Organisation.objects.get(pk=technical.pk).change(by=a_coordinator(), active_to=date(2026, 1, 31))

    assert Organisation.objects.get(pk=technical.pk).active_to is None
    assert representative.seats.get().last_day is None


def test_the_second_who_changes_is_told_and_nothing_is_overwritten(technical: Organisation) -> None:
    seen = technical.version
    technical.change(by=a_coordinator(), version=seen, area="Gator och parker")

    with pytest.raises(EditConflict):
        Organisation.objects.get(pk=technical.pk).change(by=a_coordinator(), version=seen, area="Vatten")

    assert Organisation.objects.get(pk=technical.pk).area == "Gator och parker"
