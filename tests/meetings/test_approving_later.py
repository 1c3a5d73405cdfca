"""Approval when more happens meanwhile: a diarienummer, a correction that is called off, a name that is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from meetings.approvers import approvers_of
from meetings.approving import approve
from meetings.correcting import cancel_correcting, save_correction, start_correcting
from meetings.models import Meeting, Minutes, Presence
from meetings.registering import register_minutes
from members.actor import Actor
from members.models import Member
from members.outbox.sending import send_due
from tests.meetings.approving import GUEST, choose, latest, meeting, note, omar, sent
from tests.meetings.approving import approver as approver
from tests.meetings.reopening import close

__all__ = ["meeting", "omar", "sent"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_any_hour")]


def test_what_was_signed_on_paper_before_the_diarienummer_came_is_noted_with_its_day(sent: Meeting, by: Actor) -> None:
    [omar] = approvers_of(sent)
    register_minutes(sent, registry_no="KS 2026/12", by=by, at=timezone.now() + timedelta(days=2))
    signed = timezone.localdate() + timedelta(days=1)
    assert latest(sent).version == 2

    mark = approve(latest(sent), omar, by=by, signed_on=signed, at=timezone.now() + timedelta(days=3))

    assert mark.signed_on == signed
    assert Minutes.objects.of(sent).count() == 2


@pytest.mark.parametrize("is_saved", [False, True])
def test_who_is_chosen_while_a_correction_is_open_is_told_once(
    settings: Settings, sent: Meeting, by: Actor, coordinator: Member, mailoutbox: list[EmailMessage], is_saved: bool
) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    send_due(at=timezone.now() + timedelta(minutes=25))
    start_correcting(sent, by=by)
    choose(sent, sent.chair)
    mailoutbox.clear()
    send_due(at=timezone.now() + timedelta(minutes=26))
    assert mailoutbox == []

    if is_saved:
        note(sent, "Ett ord till.", by)
        save_correction(sent, by=by)
    else:
        cancel_correcting(sent, by=by)

    send_due(at=timezone.now() + timedelta(minutes=45))
    told = [str(mail.body) for mail in mailoutbox if mail.to == [coordinator.email]]
    assert ["justera" in body for body in told] == [True]


def test_an_approver_who_is_named_no_longer_is_struck_and_said_to_be(meeting: Meeting, by: Actor, omar: Actor) -> None:
    choose(meeting, omar.member, GUEST)
    close(meeting, by.member)
    Meeting.objects.filter(pk=meeting.pk).update(sent_at=meeting.closed_at)
    meeting.refresh_from_db()
    assert [one["name"] for one in latest(meeting).content["approvers"]] == ["Omar Prov", "Åsa Ärlig"]
    start_correcting(meeting, by=by)
    Presence.objects.get(meeting=meeting, name="Åsa Ärlig").discard(by=by)

    save_correction(meeting, by=by)

    content = latest(meeting).content
    assert [one["name"] for one in content["approvers"]] == ["Omar Prov"]
    told = [change["text"] for change in content["corrected"]["changes"]]
    assert "Justerare: Åsa Ärlig är struken, för hen står inte som närvarande." in told
