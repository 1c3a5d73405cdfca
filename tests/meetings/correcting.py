"""Minutes that were sent and are corrected, for the tests."""

from __future__ import annotations

import pytest

from meetings.correcting import save_correction, start_correcting
from meetings.models import Decision, Meeting, Minutes
from meetings.sending_now import send_now
from members.actor import Actor
from tests.meetings.meetings import item_of
from tests.the import the


@pytest.fixture
def sent(closed: Meeting, by: Actor) -> Meeting:
    """What it decided stands, and its mails have left."""
    send_now(closed, by=by)
    return closed


@pytest.fixture
def open_again(sent: Meeting, by: Actor) -> Meeting:
    start_correcting(sent, by=by)
    return sent


def note(meeting: Meeting, title: str, text: str, by: Actor) -> None:
    item = item_of(meeting, title)
    item.write_note(text=text, version=item.note_version, by=by)


def changes(minutes: Minutes) -> list[str]:
    return [change["text"] for change in minutes.content["corrected"]["changes"]]


def decision_on(meeting: Meeting, title: str) -> Decision:
    return the(Decision.objects.filter(item=item_of(meeting, title)).first())


def save(meeting: Meeting, by: Actor, why: str = "") -> Minutes:
    return the(save_correction(meeting, by=by, why=why))


def noted(meeting: Meeting, by: Actor, **notes: str) -> Minutes:
    """The version that it makes of a sent meeting to put right the notes, by the titles of their items."""
    start_correcting(meeting, by=by)
    for title, text in notes.items():
        note(meeting, title, text, by)
    return save(meeting, by)
