"""What several of the tests begin with."""

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from issues.models import Action, Issue, Observation, Place
from issues.restricting import restrict
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days
from tests.factories import (
    ActionFactory,
    AnswersForFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    PlaceFactory,
    SeatFactory,
)
from tests.issues.reminders import Outbox
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


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Outbox:
    settings.ADDRESS = "https://register.exempel.se"
    return Outbox(mailoutbox, monkeypatch)


@pytest.fixture
def maja(db: None) -> Member:
    return MemberFactory(email="maja@exempel.se", is_coordinator=True)


@pytest.fixture
def tekniska(db: None) -> Organisation:
    """With a mailbox, an ordinary, a deputy and a handläggare."""
    organisation = OrganisationFactory(name="Tekniska", mailbox="tekniska@exempel.se")
    SeatFactory(member=MemberFactory(email="ordinarie@exempel.se", organisation=organisation))
    SeatFactory(member=MemberFactory(email="ersattare@exempel.se", organisation=organisation), role="deputy")
    AnswersForFactory(member=MemberFactory(email="handlaggare@exempel.se"), organisation=organisation)
    return organisation


@pytest.fixture
def ordinary(tekniska: Organisation) -> Actor:
    return Actor.of(Member.objects.get(email="ordinarie@exempel.se"))
