"""The minutes and the diarium."""

from __future__ import annotations

from meetings.closing import close_meeting
from meetings.models import Minutes
from meetings.registry import mark_registered as mark
from members.models import Group
from tests.home.growing_world import World
from tests.home.posts import Sent, to
from tests.home.posts.meetings import decided


def mark_registered(world: World) -> Sent:
    close_meeting(decided(world), by=world.by)
    return to("meetings:minutes_registered", world.meeting.pk, 1, version=world.meeting.version)


def take_back_registered(world: World) -> Sent:
    close_meeting(decided(world), by=world.by)
    mark(Minutes.objects.get(meeting=world.meeting), by=world.by)
    return to("meetings:minutes_unregistered", world.meeting.pk, 1)


def mail_registrar(world: World) -> Sent:
    close_meeting(decided(world), by=world.by)
    Group.current().change(by=world.by, registrar_mail="diarium@exempel.se")
    return to("meetings:minutes_mail_registrar", world.meeting.pk, 1)
