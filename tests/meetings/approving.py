"""A meeting whose minutes are approved, for the tests."""

from __future__ import annotations

from typing import Any

import pytest

from meetings.approvers import approvers_of, choose_approvers
from meetings.attendance import note_expected
from meetings.correcting import save_correction, start_correcting
from meetings.models import Approver, Meeting, Minutes, Presence
from meetings.models.presence import AttendanceSpan
from members.actor import Actor
from members.models import Group, Member
from tests.meetings.meetings import under_way
from tests.meetings.reopening import close
from tests.the import the

GUEST = "åsa ärlig|kurator|brottsofferjouren"


@pytest.fixture
def meeting(coordinator: Member, siv: Member, representative: Member, deputy: Member, by: Actor) -> Meeting:
    """Under way: Omar sits for Tekniska, Åsa Ärlig is a guest without an account, Siv writes and Maja leads."""
    Group.current().change(by=by, approves_minutes=True)
    meeting = under_way(coordinator, secretary=siv)
    note_expected(meeting, by=by)
    guest = AttendanceSpan(None, "guest", name="Åsa Ärlig", title="kurator", home="Brottsofferjouren")
    Presence.seat(meeting, guest, organisation=None, by=by)
    return meeting


@pytest.fixture
def omar(representative: Member) -> Actor:
    return Actor.of(representative)


@pytest.fixture
def sent(meeting: Meeting, representative: Member, coordinator: Member) -> Meeting:
    """Closed with Omar as its approver; its mails have left."""
    choose(meeting, representative)
    close(meeting, coordinator)
    Meeting.objects.filter(pk=meeting.pk).update(sent_at=meeting.closed_at)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def approver(sent: Meeting) -> Approver:
    return approvers_of(sent)[0]


def choose(meeting: Meeting, *people: Member | str, **facts: Any) -> list[Approver]:
    keys = [one if isinstance(one, str) else f"{one.pk}" for one in people]
    return choose_approvers(meeting, keys, by=Actor.of(meeting.chair), **facts)


def latest(meeting: Meeting) -> Minutes:
    return Minutes.objects.of(meeting).latest_first()[0]


def note(meeting: Meeting, text: str, by: Actor) -> None:
    item = meeting.items.get(heading__key="other")
    item.write_note(text=text, version=item.note_version, by=by)


def correct(meeting: Meeting, by: Actor) -> Minutes:
    start_correcting(meeting, by=by)
    note(meeting, "Ett ord till.", by)
    return the(save_correction(meeting, by=by))
