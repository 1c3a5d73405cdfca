"""How long the link of an invitation can be used, as the samordnare is told: from when its mail was written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import day_and_month
from members.actor import Actor
from members.inviting import invite
from members.models import Member, NoticeCause
from tests.days import today
from tests.factories import MemberFactory
from tests.members.invited import mailed
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ALL = "/gruppen/inbjudningar/"


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.fixture
def anna() -> Member:
    return MemberFactory(name="Anna Prov", email="anna@exempel.se")


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (None, "mejlet väntar på att skickas"),
        (timedelta(days=13), "mejlet är skickat"),
        (timedelta(days=15), "länken gäller inte längre, mejlet är skickat"),
    ],
)
def test_the_time_of_the_link_begins_when_the_mail_is_written(
    as_coordinator: Client, coordinator: Member, anna: Member, written: timedelta | None, says: str
) -> None:
    """Invited twenty days ago, while no mail could be sent."""
    day = timezone.now() - timedelta(days=20)
    invite(Member.objects.filter(pk=anna.pk), by=Actor.of(coordinator), at=day)
    if written:
        mailed(anna, timezone.now() - written)

    told = f"Bjuden {day_and_month(timezone.localdate(day), today=today())}, {says}"

    assert dict(as_coordinator.get(ALL).context["members"])[anna] == told
    assert f"{told}." in text_of(as_coordinator, anna.get_absolute_url())


def test_the_link_in_a_mail_that_nobody_knows_any_more_is_as_old_as_the_invitation(
    as_coordinator: Client, coordinator: Member, anna: Member
) -> None:
    invite(Member.objects.filter(pk=anna.pk), by=Actor.of(coordinator), at=timezone.now() - timedelta(days=99))
    NoticeCause.objects.all().delete()

    assert dict(as_coordinator.get(ALL).context["members"])[anna].endswith(", länken gäller inte längre")
