"""What an approver wants put right waits until it is met; who approves anew reads all that has changed since."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.approving import approve, wish
from meetings.correcting import save_correction, start_correcting
from meetings.models import Approver, Meeting
from meetings.registering import register_minutes
from members.actor import Actor
from members.models import Member
from tests.meetings.approving import approver, correct, latest, meeting, note, omar, sent
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


def test_who_approves_anew_reads_what_every_version_since_hers_has_changed(
    sent: Meeting, approver: Approver, as_coordinator: Client, as_representative: Client, by: Actor, omar: Actor
) -> None:
    correct(sent, by)
    approve(latest(sent), approver, by=omar)
    for text in ("Två ord till.", "Tre ord till."):
        start_correcting(sent, by=by)
        note(sent, text, by)
        save_correction(sent, by=by)
    heads = [f"Ändrat i version {version} sedan version {version - 1}" for version in (2, 3, 4)]
    address = f"/moten/{sent.pk}/minnesanteckningar/"

    hers = words(as_representative.get(address))

    assert [head in hers for head in heads] == [False, True, True]
    assert "Du justerade version 2. Vad som är ändrat sedan dess står nedan" in hers
    others = words(as_coordinator.get(address))
    assert [head in others for head in heads] == [False, False, True]
    approve(latest(sent), approver, by=omar)
    assert heads[1] not in words(as_representative.get(address))
