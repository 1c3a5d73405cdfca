"""What several of the tests begin with."""

import pytest

from issues.models import Action, Issue, Observation, Place
from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import ActionFactory, IssueFactory, ObservationFactory, PlaceFactory
from tests.issues.restricted import WHY


@pytest.fixture
def tunnel(db: None) -> Place:
    return PlaceFactory(name="Norra gångtunneln")


@pytest.fixture
def observation(representative: Member, tunnel: Place) -> Observation:
    return ObservationFactory(reporter=representative, place=tunnel)


@pytest.fixture
def asked(technical: Organisation) -> Action:
    return ActionFactory(assignment__organisation=technical, wished=in_days(7))


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(title="Oro vid skolan", text="Samlas efter skoltid.")


@pytest.fixture
def by(coordinator: Member) -> Actor:
    return Actor.of(coordinator)


@pytest.fixture
def hidden(issue: Issue, by: Actor, representative: Member) -> Issue:
    """The samordnare and the representative are named on it."""
    restrict(issue, reason=WHY, named=[representative.pk], by=by)
    return issue
