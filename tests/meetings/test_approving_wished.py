"""What an approver wants put right waits on those who lead and write, until it is met."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.approving import approve, wish
from meetings.models import Approver, Meeting
from meetings.registering import register_minutes
from members.actor import Actor
from members.models import Member
from tests.meetings.approving import approver, correct, latest, meeting, omar, sent
from tests.meetings.meetings import words
from tests.people import signed_in

__all__ = ["approver", "meeting", "omar", "sent"]

pytestmark = pytest.mark.django_db

STANDS = "Omar Prov vill ha något rättat i minnesanteckningarna från mötet"


@pytest.fixture
def wished(sent: Meeting, approver: Approver, omar: Actor) -> Meeting:
    wish(latest(sent), approver, text="Det var den 3 december.", by=omar)
    return sent


def test_it_stands_on_the_start_page_of_those_who_lead_and_write(
    wished: Meeting, as_coordinator: Client, as_representative: Client, as_reader: Client, siv: Member
) -> None:
    for client in (as_coordinator, signed_in(siv)):
        page = client.get("/")
        assert STANDS in words(page)
        assert f'href="/moten/{wished.pk}/minnesanteckningar/#justering"' in page.content.decode()
    for client in (as_representative, as_reader):
        assert STANDS not in words(client.get("/"))


def test_another_version_meets_it_and_one_with_a_number_alone_does_not(
    wished: Meeting, as_coordinator: Client, by: Actor
) -> None:
    register_minutes(wished, registry_no="KS 2026/7", by=by)
    assert STANDS in words(as_coordinator.get("/"))

    wished.refresh_from_db()
    correct(wished, by)

    assert STANDS not in words(as_coordinator.get("/"))
    page = words(as_coordinator.get(f"/moten/{wished.pk}/minnesanteckningar/"))
    assert "Omar Prov ville ha något rättat i version 1, som version 3 har ersatt, i dag" in page
    assert "vill ha något rättat i version 1" not in page


def test_who_approves_after_all_wants_nothing_put_right(
    wished: Meeting, approver: Approver, as_coordinator: Client, omar: Actor
) -> None:
    approve(latest(wished), approver, by=omar)

    assert STANDS not in words(as_coordinator.get("/"))
