"""Meetings to test with, and what a page says."""

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

from base.ui.undo import undo_of
from meetings.models import AgendaItem, CallAnswer, Meeting
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.factories import MeetingFactory
from tests.pages import Response


def words(response: Response) -> str:
    """The page's text without its tags, one space between words; typed values of its controls stand as text."""
    page = re.sub(r'value="([^"]*)"', r">\1<", response.content.decode())
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split()).replace(" .", ".")


def planned(coordinator: Member, **facts: object) -> Meeting:
    """In the calendar, with its rows of organisations."""
    meeting: Meeting = MeetingFactory(chair=coordinator, **facts)
    meeting.expect_organisations()
    return meeting


def excuse(meeting: Meeting, member: Member, *, by: Actor, **facts: Any) -> None:
    """She says that she cannot come, or somebody says it for her."""
    CallAnswer.say(meeting, member, CallAnswer.Answer.NO, by=by, **facts)


def under_way(coordinator: Member, **facts: object) -> Meeting:
    meeting = planned(coordinator, **facts)
    start_meeting(meeting, by=Actor.of(coordinator))
    return meeting


def item_of(meeting: Meeting, title: str) -> AgendaItem:
    return AgendaItem.objects.get(meeting=meeting, title=title)


def write(client: Client, item: AgendaItem, **typed: object) -> Response:
    """Send the item's form with what is typed, as the page had it otherwise."""
    facts = {"note": item.note, "version": item.note_version, "then": "stay", **typed}
    return client.post(item.get_absolute_url(), facts, follow=True)


def move_url(meeting: Meeting, line: str) -> str:
    """The page on which a line is moved, by its key."""
    return reverse("meetings:agenda_move", args=[meeting.pk, line])


def undo(client: Client, response: Response) -> Response:
    """Press "Ångra" beside the message on the page."""
    (message,) = response.context["messages"]
    way_back = undo_of(message)
    assert way_back
    return client.post(way_back.url, way_back.fields, follow=True)
