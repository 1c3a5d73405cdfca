"""What comes while a form to mask stands open is shown anew and asked about, whatever kind of place it is."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from base.ui.once import save_once
from meetings.models import AgendaItem, Meeting, Minutes
from members.models import Member
from temagrupp.redaction import views
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.shown import CAME, MINUTES_GONE
from tests.factories import IssueFactory
from tests.meetings.meetings import item_of
from tests.meetings.test_minutes_frozen import Close, close
from tests.meetings.test_restricted_since import KORN, meeting
from tests.redaction.test_in_minutes import SAID, offered_on, send, told_by, whole
from tests.redaction.test_pages import WHY, mask, places_on, shown_on, ticked
from tests.redaction.test_tables import a_table

__all__ = ["close", "meeting"]

pytestmark = pytest.mark.django_db

IN_MINUTES = CAME.format("i en version av sparade mötesanteckningar")
NEW = "Har tillkommit sedan sidan visades."


def sent(client: Client, page: str, passage: str) -> str:
    """The answer to a press on the page, as it was shown."""
    shown = shown_on(page)
    chosen = {kind.removeprefix("offered_"): values for kind, values in shown.items()}
    form = {"key": str(uuid4()), "passage": passage, "why": WHY, **shown, **chosen}
    return " ".join(client.post("/maskera/utfor/", form).content.decode().split())


def test_texts_minutes_and_tables_that_came_are_told_of_once_and_not_chosen(
    as_coordinator: Client, coordinator: Member, meeting: Meeting, close: Close
) -> None:
    page = as_coordinator.post("/maskera/", {"passage": SAID}).content.decode()
    before = places_on(page)
    version, issue = close(), IssueFactory(title=SAID)
    a_table(coordinator, [SAID])

    page = sent(as_coordinator, page, SAID)

    where = "på ett ställe, i en version av sparade mötesanteckningar och i en inläst tabell"
    assert page.count(CAME.format(where)) == 1
    assert "Står på två ställen, i en version av sparade mötesanteckningar och i en inläst tabell." in page
    assert (page.count(NEW), WHY in page, "Inget av ditt är maskerat" in page) == (3, True, True)
    assert (ticked(page), offered_on(page)) == (before, [])
    assert places_on(page) != before
    assert not Redaction.objects.exists()

    again = sent(as_coordinator, page, SAID)

    assert NEW not in again
    assert Redaction.objects.get().places.count() == 4
    assert SAID not in told_by(version)
    issue.refresh_from_db()
    assert issue.title == "[maskerat]"


def test_of_a_whole_text_minutes_that_came_are_told_of(as_coordinator: Client, meeting: Meeting, close: Close) -> None:
    version, item = close(), item_of(meeting, KORN)

    page = send(as_coordinator, whole(item)).content.decode()

    assert IN_MINUTES in page
    assert NEW in page
    assert offered_on(page) == []
    assert not Redaction.objects.exists()
    send(as_coordinator, whole(item), offered_minutes=[version.pk], minutes=[version.pk])
    assert SAID not in told_by(version)


@pytest.mark.parametrize("address", ["", "whole"])
def test_minutes_that_came_a_second_before_are_told_of_too(
    as_coordinator: Client, meeting: Meeting, close: Close, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    item = item_of(meeting, KORN)

    def late(request: Any, form: Any) -> Any:
        assert form.is_valid()
        close()
        return save_once(request, form)

    monkeypatch.setattr(views, "save_once", late)

    reply = send(as_coordinator, whole(item)) if address else mask(as_coordinator, SAID)

    assert IN_MINUTES in reply.content.decode()
    assert not Redaction.objects.exists()
    assert SAID in AgendaItem.objects.get(pk=item.pk).note


def test_minutes_that_are_masked_meanwhile_are_told_of(as_coordinator: Client, meeting: Meeting, close: Close) -> None:
    close()
    page = as_coordinator.post("/maskera/", {"passage": SAID}).content.decode()
    mask(as_coordinator, SAID, places=[])

    again = sent(as_coordinator, page, SAID)

    assert MINUTES_GONE in again
    assert "Inget av ditt är maskerat" in again
    assert Redaction.objects.count() == 1
    assert Minutes.objects.count() == 1
