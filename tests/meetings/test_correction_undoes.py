"""The page that saves a correction says what the new version undoes, and nothing can be saved when none is open."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from meetings.approving import approve
from meetings.correcting import save_correction, start_correcting
from meetings.models import Approver, Meeting, Presence
from meetings.registry import mark_registered
from members.actor import Actor
from tests.meetings.approving import approver, latest, meeting, note, omar, sent
from tests.meetings.meetings import words

__all__ = ["approver", "meeting", "omar", "sent"]

pytestmark = pytest.mark.django_db

ANEW = "Den nya versionen behöver justeras på nytt av Omar Prov."
HAND_IN = "Version 1 är lämnad till diariet. Lämna den nya också."


def looked_over(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:correct", args=[meeting.pk])))


def test_it_says_who_approves_anew_and_that_the_new_one_is_to_be_handed_in(
    as_coordinator: Client, sent: Meeting, approver: Approver, by: Actor, omar: Actor
) -> None:
    approve(latest(sent), approver, by=omar)
    mark_registered(latest(sent), by=by)
    start_correcting(sent, by=by)
    assert ANEW not in looked_over(as_coordinator, sent)

    note(sent, "Ett ord till.", by)

    assert f"{ANEW} {HAND_IN}" in looked_over(as_coordinator, sent)


def test_who_is_struck_by_the_correction_is_not_asked_to_approve_anew(
    as_coordinator: Client, sent: Meeting, approver: Approver, by: Actor, omar: Actor
) -> None:
    approve(latest(sent), approver, by=omar)
    start_correcting(sent, by=by)
    Presence.objects.get(meeting=sent, member=omar.member).discard(by=by)
    sent.organisations.get(organisation=omar.member.organisation).note(by=by, state="absent")

    page = looked_over(as_coordinator, sent)

    assert "Omar Prov är struken" in page
    assert "på nytt" not in page


def test_it_says_nothing_of_what_is_neither_approved_nor_handed_in(
    as_coordinator: Client, sent: Meeting, approver: Approver, by: Actor
) -> None:
    start_correcting(sent, by=by)
    note(sent, "Ett ord till.", by)

    page = looked_over(as_coordinator, sent)

    assert "på nytt" not in page
    assert "Lämna den nya" not in page


def test_the_second_to_save_it_reads_what_she_wrote_and_has_nothing_to_press(
    as_coordinator: Client, sent: Meeting, by: Actor
) -> None:
    page = reverse("meetings:correct", args=[sent.pk])
    start_correcting(sent, by=by)
    note(sent, "Ett ord till.", by)
    seen = as_coordinator.get(page).context["form"].initial["seen"]
    assert "Spara rättelsen" in looked_over(as_coordinator, sent)
    save_correction(sent, by=by)

    refused = as_coordinator.post(page, {"seen": seen, "why": "Efter en synpunkt."})

    told = words(refused)
    assert "Ingen rättelse är öppen: den är redan sparad, avbruten eller slängd." in told
    assert "Efter en synpunkt." in refused.content.decode()
    assert "Spara rättelsen" not in told
    assert "Läs minnesanteckningarna" in told
