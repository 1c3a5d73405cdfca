"""The group of November 2021, with invented people: who sits for what, and the two places it is about."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from members.models import Member, Organisation, Seat
from tests.factories import MemberFactory, OrganisationFactory, PlaceFactory, SeatFactory

SCHOOL = "Förlagaskolan"
CAR_PARK = "Parkeringen vid badet"


@dataclass(frozen=True)
class Cast:
    """Everyone with a part in the story."""

    coordinator: Member
    teacher: Member
    officer: Member
    youth_worker: Member
    fire_officer: Member
    street_manager: Member
    traffic_engineer: Member


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    for place in (SCHOOL, CAR_PARK):
        PlaceFactory(name=place)
    rescue = OrganisationFactory(name="Höglandets räddningstjänstförbund", kind=Organisation.Kind.RESCUE)
    police = OrganisationFactory(name="Polisen", kind=Organisation.Kind.POLICE)
    technical = OrganisationFactory(name="Tekniska förvaltningen")
    schools = OrganisationFactory(name="Barn- och utbildningsförvaltningen")
    leisure = OrganisationFactory(name="Kultur- och fritidsförvaltningen")
    return Cast(
        coordinator=MemberFactory(name="Maja Exempel", organisation=rescue, is_coordinator=True),
        teacher=_seated("Elin Förlaga", schools),
        officer=_seated("Ali Ritning", police),
        youth_worker=_seated("Vera Skissblock", leisure),
        fire_officer=_seated("Rolf Övning", rescue),
        street_manager=_seated("Omar Prov", technical),
        traffic_engineer=_seated("Gun Prototyp", technical, Seat.Role.DEPUTY),
    )


def _seated(name: str, organisation: Organisation, role: Seat.Role = Seat.Role.ORDINARY) -> Member:
    member: Member = MemberFactory(name=name, organisation=organisation)
    SeatFactory(member=member, role=role)
    return member
