"""Minutes that were sent are corrected."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from meetings.correcting import correction
from meetings.correcting import start_correcting as open_minutes
from meetings.deciding import propose_action
from meetings.models import AgendaItem, Meeting
from meetings.on_paper import enter_meeting
from tests.home.growing_world import World
from tests.home.posts import Sent, to
from tests.home.posts.meetings import sent


def start_correcting(world: World) -> Sent:
    return to("meetings:start_correcting", sent(world).pk)


def save_correction(world: World) -> Sent:
    meeting = sent(world)
    open_minutes(meeting, by=world.by)
    item = AgendaItem.objects.get(meeting=meeting, issue=world.issue, action=None)
    item.write_note(text="Lampan är köpt.", version=item.note_version, by=world.by)
    propose_action(item, by=world.by, title="Byt stolpen", organisation=world.technical)
    return to("meetings:correct", meeting.pk, why="Efter en synpunkt.", seen=correction(meeting).seen)


def cancel_correcting(world: World) -> Sent:
    meeting = sent(world)
    open_minutes(meeting, by=world.by)
    return to("meetings:cancel_correcting", meeting.pk)


def discard_correction(world: World) -> Sent:
    _, (meeting_pk,), _ = save_correction(world)
    return to("meetings:discard_correction", meeting_pk, seen=correction(Meeting.objects.get(pk=meeting_pk)).seen)


def remove_entry(world: World) -> Sent:
    meeting = enter_meeting(
        starts_at=timezone.now() - timedelta(days=400), by=world.by, decisions="Vi fortsätter."
    ).meeting
    return to("meetings:remove", meeting.pk, why="Inskrivet två gånger.", entry=meeting.entry)


def correct_facts(world: World) -> Sent:
    meeting = sent(world)
    open_minutes(meeting, by=world.by)
    held = timezone.localtime(meeting.held_at)
    when = {"held_from": f"{held:%H:%M}", "held_to": "", "place": "Sal 4"}
    led = {"chair": meeting.chair_id, "secretary": meeting.secretary_id}
    return to("meetings:correct_facts", meeting.pk, version=meeting.version, **when, **led)
