"""The people of the tests: one for each role of the product, and their signed-in clients."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from members.models import Member, Organisation, QuietHours, Seat
from members.models.quiet_hours import MORNING
from tests.factories import AnswersForFactory, MemberFactory, OrganisationFactory, SeatFactory


@pytest.fixture
def technical(db: None) -> Organisation:
    return OrganisationFactory(name="Tekniska förvaltningen")


@pytest.fixture
def housing(db: None) -> Organisation:
    return OrganisationFactory(name="Witalabostäder AB", kind=Organisation.Kind.COMPANY)


@pytest.fixture
def police(db: None) -> Organisation:
    return OrganisationFactory(name="Polisen", kind=Organisation.Kind.POLICE)


@pytest.fixture
def rescue(db: None) -> Organisation:
    name = "Höglandets räddningstjänstförbund"
    return OrganisationFactory(name=name, kind=Organisation.Kind.RESCUE)


@pytest.fixture
def coordinator(rescue: Organisation) -> Member:
    return MemberFactory(name="Maja Exempel", email="maja@exempel.se", organisation=rescue, is_coordinator=True)


@pytest.fixture
def representative(technical: Organisation) -> Member:
    member = MemberFactory(name="Omar Prov", email="omar@exempel.se", organisation=technical)
    SeatFactory(member=member)
    return member


@pytest.fixture
def deputy(technical: Organisation) -> Member:
    member = MemberFactory(name="Gun Prototyp", email="gun@exempel.se", organisation=technical)
    SeatFactory(member=member, role=Seat.Role.DEPUTY)
    return member


@pytest.fixture
def officer(police: Organisation) -> Member:
    """Another organisation's ordinary representative."""
    member = MemberFactory(name="Ali Ritning", email="ali@exempel.se", organisation=police)
    SeatFactory(member=member)
    return member


@pytest.fixture
def handler(housing: Organisation) -> Member:
    member = MemberFactory(name="Tove Test", email="tove@exempel.se", organisation=housing)
    AnswersForFactory(member=member, organisation=housing)
    return member


@pytest.fixture
def reader(db: None) -> Member:
    return MemberFactory(name="Sara Mall", email="sara@exempel.se", is_reader=True)


@pytest.fixture
def outsider(db: None) -> Member:
    """A member with neither seat nor mark: an invited guest without any item of her own."""
    return MemberFactory(name="Per Modell", email="per@exempel.se")


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


@pytest.fixture
def as_coordinator(coordinator: Member) -> Client:
    return signed_in(coordinator)


@pytest.fixture
def as_representative(representative: Member) -> Client:
    return signed_in(representative)


@pytest.fixture
def as_deputy(deputy: Member) -> Client:
    return signed_in(deputy)


@pytest.fixture
def as_officer(officer: Member) -> Client:
    return signed_in(officer)


@pytest.fixture
def as_handler(handler: Member) -> Client:
    return signed_in(handler)


@pytest.fixture
def as_reader(reader: Member) -> Client:
    return signed_in(reader)


@pytest.fixture
def as_outsider(outsider: Member) -> Client:
    return signed_in(outsider)


@pytest.fixture
def at_any_hour() -> Iterator[None]:
    """Who has chosen no quiet hours has none: for what is sent now, whenever the tests run."""
    begin: Any = QuietHours._meta.get_field("begin")
    with patch.object(begin, "_get_default", lambda: MORNING):
        yield
