"""A name that has changed since the minutes were sent is no correction of them, and hides none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from meetings.correcting import correction, start_correcting
from meetings.minutes.correcting import Caused, corrected
from meetings.minutes.writing import minutes_content
from meetings.models import AgendaItem, Meeting, Minutes, RoundNote
from meetings.sending_now import send_now
from members.actor import Actor
from members.models import Member, Organisation
from tests.meetings.correcting import changes, open_again, save, sent
from tests.meetings.reopening import close
from tests.the import the

__all__ = ["open_again", "sent"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken(decided: Meeting, by: Actor, coordinator: Member, technical: Organisation) -> Meeting:
    """Its minutes were sent, and have words of the round. It is open to be corrected."""
    item = AgendaItem.objects.get(meeting=decided, heading__rule="round", kind="heading")
    RoundNote.write(item, technical, text="Lugnt i centrum.", version=0, by=by)
    close(decided, coordinator)
    send_now(decided, by=by)
    start_correcting(decided, by=by)
    return decided


def rename(*things: Member | Organisation) -> None:
    for thing in things:
        type(thing).objects.filter(pk=thing.pk).update(name=f"{thing.name} Nytt")


def found(meeting: Meeting) -> list[str]:
    return [f"{one}" for one in correction(meeting).becomes.changes]


def without_keys(content: Any) -> Any:
    """As an older version kept who was there."""
    older = json.loads(json.dumps(content))
    rows = older["attendance"]
    people = [older["chair"], older["secretary"], *(one for row in rows for one in [row, *row["people"]])]
    for part in [*people, *(one for row in rows for one in row["excused"]), *older["guests"], *older["relieved"]]:
        del part["key"]
    for heading in older["headings"]:
        for one in heading["said"]:
            del one["key"]
    return older


def test_somebody_who_is_called_something_else_since(open_again: Meeting) -> None:
    rename(*Member.objects.all())
    assert found(open_again) == []


def test_an_organisation_that_is_called_something_else_since(spoken: Meeting) -> None:
    rename(*Organisation.objects.all())
    assert found(spoken) == []


def test_its_attendance_and_its_words_are_put_right(spoken: Meeting, technical: Organisation, by: Actor) -> None:
    rename(technical)
    spoken.organisations.get(organisation=technical).note(by=by, state="vacant")
    said = the(RoundNote.objects.at(spoken).first())
    RoundNote.write(said.item, technical, text="Oroligt i centrum.", version=said.version, by=by)
    second = save(spoken, by)
    name = f"{technical} Nytt"
    assert changes(second) == [f"Närvaro, {name}: Vakant.", f"Laget runt, {name}: det som sades är ändrat."]
    assert [row["state"] for row in second.content["attendance"] if row["organisation"] == name] == ["vacant"]


def test_another_of_the_same_name_is_another(open_again: Meeting, siv: Member) -> None:
    now = minutes_content(open_again, None)
    now["secretary"] |= {"key": siv.pk}
    told = corrected([Minutes.objects.of(open_again).get()], now, Caused()).changes
    assert [one.where for one in told] == ["Närvaro, Sekreterare"]


def test_an_older_version_is_compared_by_names(spoken: Meeting, technical: Organisation, by: Actor) -> None:
    first = Minutes.objects.of(spoken).get()
    first.content = without_keys(first.content)
    assert corrected([first], minutes_content(spoken, None), Caused()).changes == []
    spoken.organisations.get(organisation=technical).note(by=by, state="vacant")
    told = corrected([first], minutes_content(spoken, None), Caused()).changes
    assert [f"{one}" for one in told] == [f"Närvaro, {technical}: Vakant."]
