"""Who says that she cannot come, and who comes instead."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from meetings.models import CallAnswer, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.meetings.meetings import excuse, planned, undo, words
from tests.pages import Response

pytestmark = pytest.mark.django_db


def answered(client: Client, meeting: Meeting, sent: dict[str, object]) -> Response:
    response: Response = client.post(reverse("meetings:call_answer", args=[meeting.pk]), sent, follow=True)
    return response


def test_one_tap_says_that_one_cannot_come_and_another_that_one_can(
    as_representative: Client, representative: Member, deputy: Member, coordinator: Member
) -> None:
    meeting = planned(coordinator)
    address = reverse("meetings:call_answer", args=[meeting.pk])

    page = words(as_representative.post(address, {"member": representative.pk, "reply": "no"}, follow=True))
    assert "Du har anmält förhinder. Gun Prototyp, ersättare, väntas." in page
    assert "Jag kan komma ändå" in page
    assert "Ta tillbaka svaret" in page

    page = words(as_representative.post(address, {"member": representative.pk, "reply": "unsaid"}, follow=True))
    assert "Omar Prov väntas." in page
    assert "Ta tillbaka svaret" not in page
    assert not CallAnswer.objects.exists()


def test_a_deputy_who_can_come_is_told_who_is_expected(
    as_deputy: Client, deputy: Member, representative: Member, coordinator: Member
) -> None:
    meeting = planned(coordinator)
    address = reverse("meetings:call_answer", args=[meeting.pk])
    can_come = {"member": deputy.pk, "reply": "unsaid"}
    as_deputy.post(address, {"member": deputy.pk, "reply": "no"})
    page = words(as_deputy.post(address, can_come, follow=True))
    assert "Du har inget förhinder längre. Omar Prov väntas." in page

    excuse(meeting, representative, by=Actor.of(coordinator))

    assert "Du väntas på mötet." in words(as_deputy.post(address, can_come, follow=True))


def test_an_excuse_and_its_opposite_can_be_undone_from_the_message(
    as_representative: Client, representative: Member, coordinator: Member
) -> None:
    address = reverse("meetings:call_answer", args=[planned(coordinator).pk])

    excused = as_representative.post(address, {"member": representative.pk, "reply": "no"}, follow=True)
    back = undo(as_representative, excused)
    assert not CallAnswer.objects.exists()

    undo(as_representative, back)
    assert CallAnswer.objects.get().member == representative


def test_one_who_cannot_come_that_day_has_not_said_so_of_another(
    as_representative: Client, representative: Member, coordinator: Member
) -> None:
    meeting = planned(coordinator)
    shown = re.findall(
        r'name="day" value="([^"]*)"', as_representative.get(meeting.get_absolute_url()).content.decode()
    )
    meeting.change(by=Actor.of(coordinator), starts_at=meeting.starts_at + timedelta(days=1))

    typed = {"member": representative.pk, "reply": "no", "day": shown[0]}
    page = words(as_representative.post(reverse("meetings:call_answer", args=[meeting.pk]), typed, follow=True))

    assert "Mötet är flyttat till" in page
    assert "Inget är sparat: säg till igen om det gäller den dagen." in page
    assert not CallAnswer.objects.exists()


def test_the_coordinator_notes_what_somebody_has_told(
    as_coordinator: Client, representative: Member, coordinator: Member
) -> None:
    meeting = planned(coordinator)

    as_coordinator.post(
        reverse("meetings:call_answer", args=[meeting.pk]), {"member": representative.pk, "reply": "no"}
    )

    assert (CallAnswer.objects.get().member, CallAnswer.objects.get().noted_by) == (representative, coordinator)


def test_nobody_else_speaks_for_another(as_deputy: Client, representative: Member, coordinator: Member) -> None:
    meeting = planned(coordinator)

    response = as_deputy.post(
        reverse("meetings:call_answer", args=[meeting.pk]), {"member": representative.pk, "reply": "no"}
    )

    assert response.status_code == 403
    assert not CallAnswer.objects.exists()


@pytest.mark.parametrize("member", ["abc", "0", "99999999999999999999"])
def test_who_has_no_seat_cannot_be_excused(as_coordinator: Client, coordinator: Member, member: str) -> None:
    meeting = planned(coordinator)

    page = words(
        as_coordinator.post(
            reverse("meetings:call_answer", args=[meeting.pk]), {"member": member, "reply": "no"}, follow=True
        )
    )

    assert "Den personen har ingen plats i gruppen den dagen." in page


def test_saying_no_too_late_is_answered_in_words(
    as_representative: Client, representative: Member, coordinator: Member
) -> None:
    meeting = planned(coordinator)
    start_meeting(meeting, by=Actor.of(coordinator))
    address = reverse("meetings:call_answer", args=[meeting.pk])

    page = words(as_representative.post(address, {"member": representative.pk, "reply": "no"}, follow=True))

    assert "Mötet pågår redan (Maja Exempel, i dag " in page
    assert "). Förhinder anmäls före mötet. Nu noteras närvaron." in page
