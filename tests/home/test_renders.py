"""How many templates a page takes: one for a row of a list, one for a field of a form."""

import pytest
from django.test import Client
from django.urls import reverse

from issues.models import Action
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.ui.renders import templates_rendered
from tests.factories import ActionFactory, ObservationFactory, SeatFactory
from tests.meetings.meetings import under_way

pytestmark = pytest.mark.django_db


def renders(client: Client, address: str) -> int:
    with templates_rendered() as names:
        client.get(address)
    return names.total()


def test_the_page_of_an_action_with_all_its_forms(as_coordinator: Client, technical: Organisation) -> None:
    action = ActionFactory(assignment__organisation=technical)

    assert renders(as_coordinator, action.get_absolute_url()) < 85


def test_the_attendance_of_29_organisations(as_coordinator: Client, coordinator: Member) -> None:
    SeatFactory.create_batch(28)  # the samordnare's is the last
    meeting = under_way(coordinator)
    assert meeting.organisations.count() == 29

    assert renders(as_coordinator, reverse("meetings:attendance", args=[meeting.pk])) < 180  # six a row


def answered(representative: Member) -> None:
    """An action with all that a row can say, of an issue with an observation that has become it."""
    action: Action = ActionFactory(assignment__organisation=representative.organisation)
    action.current.ask(by=Actor.of(representative), text="Gäller det även lovveckan?")
    ObservationFactory(issue=action.issue, for_meeting=True)


@pytest.mark.parametrize("route", ["issues:list", "issues:action_list", "issues:observation_list"])
def test_a_row_of_a_list_is_one_template(route: str, as_coordinator: Client, representative: Member) -> None:
    answered(representative)
    before = renders(as_coordinator, reverse(route))
    answered(representative)
    answered(representative)

    assert renders(as_coordinator, reverse(route)) == before + 2
