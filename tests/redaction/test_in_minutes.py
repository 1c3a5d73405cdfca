"""Sent minutes are masked where that is chosen, by a passage and by a whole text in any of its versions."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from base.swedish.passages import MASK
from issues.models import Issue
from meetings.minutes.masking import hold_closings
from meetings.models import AgendaItem, Meeting, Minutes
from members.actor import Actor
from members.models import Member
from temagrupp.redaction import redacting
from temagrupp.redaction.again import digests_of
from temagrupp.redaction.finding import ANY_TEXT, find
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.scope import MaskingScope
from tests.factories import IssueFactory, ObservationFactory, reopened
from tests.meetings.meetings import item_of
from tests.meetings.test_minutes_frozen import Close, close
from tests.meetings.test_restricted_since import KORN, MORKT, meeting, restrict
from tests.redaction.test_pages import WHY, mask, places_on

__all__ = ["close", "meeting"]

pytestmark = pytest.mark.django_db

SAID = "Vi har sett kornboden"


def told_by(version: Minutes) -> str:
    return str(Minutes.objects.get(pk=version.pk).as_masked)


def offered_on(page: str) -> list[str]:
    return re.findall(r'name="minutes" value="([^"]+)" checked', page)


def whole(item: AgendaItem) -> str:
    return f"/maskera/text/meetings_agendaitem/note/{item.pk}/"


def send(client: Client, address: str, **more: Any) -> Any:
    return client.post(address, {"key": str(uuid4()), "why": WHY, **more}, follow=True)


def test_minutes_that_are_not_chosen_keep_the_passage(as_coordinator: Client, meeting: Meeting, close: Close) -> None:
    version = close()
    page = as_coordinator.post("/maskera/", {"passage": SAID}).content.decode()
    assert offered_on(page) == [str(version.pk)]

    mask(as_coordinator, SAID, offered_minutes=[version.pk], minutes=[])

    assert SAID in told_by(version)
    assert AgendaItem.objects.get(issue__title=KORN).note == f"{MASK}."
    assert offered_on(as_coordinator.post("/maskera/", {"passage": SAID}).content.decode()) == [str(version.pk)]

    mask(as_coordinator, SAID, offered_minutes=[version.pk], minutes=[version.pk])

    assert SAID not in told_by(version)


@pytest.mark.parametrize("note", ["Lamporna är släckta.", "Maja Exempel bor på Storgatan."])
def test_minutes_that_say_it_only_where_they_name_the_group_are_not_chosen_beforehand(
    as_coordinator: Client, meeting: Meeting, close: Close, note: str
) -> None:
    AgendaItem.objects.filter(pk=item_of(meeting, KORN).pk).update(note=note)
    version = close()

    page = as_coordinator.post("/maskera/", {"passage": "Maja Exempel"}).content.decode()

    chosen = [str(version.pk)] if "Maja" in note else []
    assert (offered_on(page), f'name="offered_minutes" value="{version.pk}"' in page) == (chosen, True)
    assert "<p><mark>Maja Exempel</mark></p>" in page
    assert ("<p><mark>Maja Exempel</mark> bor på Storgatan.</p>" in page) == bool(chosen)


def test_neither_a_place_nor_minutes_is_nothing_to_mask(as_coordinator: Client, meeting: Meeting, close: Close) -> None:
    version = close()

    page = mask(as_coordinator, SAID, places=[], offered_minutes=[version.pk], minutes=[]).content.decode()

    assert "Välj minst ett ställe." in page
    assert (offered_on(page), places_on(page) != []) == ([], True)


def test_those_named_are_told_which_minutes_are_masked(
    as_representative: Client, representative: Member, meeting: Meeting, close: Close
) -> None:
    version, issue = close(), restrict(KORN, representative)
    about = f"?arende={issue.number}"

    page = as_representative.post(f"/maskera/{about}", {"passage": "Vi har sett"}).content.decode()
    assert offered_on(page) == [str(version.pk)]
    mask(as_representative, "Vi har sett", about=about, offered_minutes=[version.pk], minutes=[])
    assert "Vi har sett kornboden" in told_by(version)


def test_of_a_whole_text_what_minutes_froze_of_it_earlier_is_masked(
    as_coordinator: Client, meeting: Meeting, close: Close
) -> None:
    version, item = close(), item_of(meeting, KORN)
    with reopened(item.meeting):
        AgendaItem.objects.filter(pk=item.pk).update(note="Skriven på nytt efter mötet.")
    page = as_coordinator.get(whole(item)).content.decode()
    assert offered_on(page) == [str(version.pk)]

    send(as_coordinator, whole(item), offered_minutes=[version.pk], minutes=[version.pk])

    assert SAID not in told_by(version)
    assert f"Vi har sett {MORKT.lower()}" in told_by(version)


def test_of_a_whole_text_minutes_that_are_not_chosen_keep_it(
    as_coordinator: Client, meeting: Meeting, close: Close
) -> None:
    version, item = close(), item_of(meeting, KORN)

    send(as_coordinator, whole(item), offered_minutes=[version.pk])

    assert SAID in told_by(version)
    assert AgendaItem.objects.get(pk=item.pk).note == MASK


def test_of_a_whole_text_what_is_saved_and_frozen_while_it_is_masked_is_masked_too(
    coordinator: Member, meeting: Meeting, close: Close, monkeypatch: pytest.MonkeyPatch
) -> None:
    item, by, late = item_of(meeting, KORN), Actor.of(coordinator), "Sara Sanningslos bor ovanför kornboden."
    [place] = find(MaskingScope(coordinator), ANY_TEXT, only=("meetings_agendaitem", "note", str(item.pk)))
    versions = []

    def held_after_others() -> None:
        item.write_note(text=late, version=1, by=by)
        versions.append(close())
        hold_closings()

    monkeypatch.setattr(redacting, "hold_closings", held_after_others)
    redacting.redact_text(place, why=WHY, by=by)

    assert AgendaItem.objects.get(pk=item.pk).note == MASK
    assert ("Sanningslos" in str(versions[0].content), "Sanningslos" in told_by(versions[0])) == (True, False)
    assert set(digests_of(late)) <= set(Redaction.objects.get().digests)


@pytest.mark.parametrize("text", ["Ja", "! ! ! !"])
def test_a_text_too_short_to_be_looked_for_in_minutes_says_so_and_is_masked(
    as_coordinator: Client, meeting: Meeting, close: Close, text: str
) -> None:
    issue = IssueFactory(title="Rubrik", text=text)
    unsorted = ObservationFactory(text=text)
    attached = ObservationFactory(text=text, issue=issue, state="attached")
    address = f"/maskera/text/issues_issue/text/{issue.pk}/"

    def says_so(page: str = address) -> bool:
        return "för kort för att sökas i sparade minnesanteckningar" in as_coordinator.get(page).content.decode()

    assert not says_so()  # there are none
    close()
    assert says_so()
    assert says_so(f"/maskera/text/issues_observation/text/{attached.pk}/")
    assert not says_so(f"/maskera/text/issues_observation/text/{unsorted.pk}/")

    send(as_coordinator, address)

    assert Issue.objects.get(pk=issue.pk).text == MASK
