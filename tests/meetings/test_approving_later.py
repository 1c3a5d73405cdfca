"""Approval when more happens meanwhile: a diarienummer, a correction that is called off, a name that is put right."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.approvers import approvers_of
from meetings.approving import approve
from meetings.models import Meeting, Minutes
from meetings.registering import register_minutes
from members.actor import Actor
from tests.meetings.approving import approver as approver
from tests.meetings.approving import latest, meeting, omar, sent

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
