"""What was decided at a meeting that was opened again is told to nobody."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from pytest_django import Settings

from issues.models import Follower
from meetings.models import Meeting
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import How, Member, NoticeChoice, Subject
from members.outbox.sending import send_due
from tests.meetings.reopening import issue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


@pytest.mark.parametrize("is_undone", [False, True])
def test_those_who_follow_are_told_of_what_stands(
    closed: Meeting, deputy: Member, coordinator: Member, mailoutbox: list[EmailMessage], is_undone: bool
) -> None:
    Follower.objects.create(issue=issue("Parken"), member=deputy)
    NoticeChoice.objects.choose(deputy, {Subject.FOLLOWED: How.AT_ONCE}, by=Actor.of(deputy))
    assert closed.closed_at
    if is_undone:
        unclose_meeting(closed, by=Actor.of(coordinator), at=closed.closed_at + timedelta(minutes=5))
    noon = timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=1), time(12)))

    send_due(at=noon)

    to_her = [str(mail.subject) for mail in mailoutbox if deputy.email in mail.to]
    assert any("Parken" in subject or "nyheter" in subject for subject in to_her) != is_undone
