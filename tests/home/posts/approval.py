"""The approval of minutes: who approves them, and what she says of a version. The samordnare leads, and approves."""

from __future__ import annotations

from django.utils import timezone

from meetings.approving import approve as set_mark
from meetings.closing import close_meeting
from meetings.models import Approver, Minutes
from members.models import Group
from tests.home.growing_world import World
from tests.home.posts import Sent, to
from tests.home.posts.meetings import decided, sent


def _approver(world: World) -> Approver:
    Group.current().change(by=world.by, approves_minutes=True)
    return Approver.objects.create(meeting=world.meeting, member=world.coordinator)


def choose_approvers(world: World) -> Sent:
    Group.current().change(by=world.by, approves_minutes=True)
    return to("meetings:approvers", decided(world).pk, people=[f"{world.coordinator.pk}"], version="nobody")


def approve(world: World) -> Sent:
    _approver(world)
    close_meeting(decided(world), by=world.by)
    return to("meetings:minutes_approve", world.meeting.pk, 1)


def approve_what_is_sent(world: World) -> Sent:
    _approver(world)
    return to("meetings:minutes_approve", sent(world).pk, 1)


def wish(world: World) -> Sent:
    _approver(world)
    return to("meetings:minutes_wish", sent(world).pk, 1, text="Lampan är köpt.")


def note_on_paper(world: World) -> Sent:
    approver = _approver(world)
    day = f"{timezone.localdate()}"
    return to("meetings:minutes_approve_on_paper", sent(world).pk, 1, approver.pk, signed_on=day)


def take_back(world: World) -> Sent:
    approver = _approver(world)
    close_meeting(decided(world), by=world.by)
    set_mark(Minutes.objects.get(meeting=world.meeting), approver, by=world.by)
    return to("meetings:minutes_unapprove", world.meeting.pk, 1, approver.pk)
