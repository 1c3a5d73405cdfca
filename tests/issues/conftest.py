"""What several of the observations' tests begin with."""

import pytest

from issues.models import Action, Observation, Place
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, ObservationFactory, PlaceFactory


@pytest.fixture
def tunnel(db: None) -> Place:
    return PlaceFactory(name="Norra gångtunneln")


@pytest.fixture
def observation(representative: Member, tunnel: Place) -> Observation:
    return ObservationFactory(reporter=representative, place=tunnel)


@pytest.fixture
def asked(technical: Organisation) -> Action:
    return ActionFactory(assignment__organisation=technical, wished=in_days(7))
