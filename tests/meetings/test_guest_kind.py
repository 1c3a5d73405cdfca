"""As what a guest is there is put right in her row: she keeps her place, and so what is known of her."""

from __future__ import annotations

import pytest
from django.test import Client

from meetings.attendance import note_expected
from meetings.minutes.reading import draft_view
from meetings.models import Meeting, Presence
from meetings.models.presence import AttendanceSpan
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.meetings.meetings import under_way, undo, words
from tests.meetings.test_attendance_sheet import send, sheet
from tests.pages import Response

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member) -> Meeting:
    return under_way(coordinator)


@pytest.fixture
def anna(meeting: Meeting) -> Presence:
    span = AttendanceSpan(None, "guest", name="Anna Exempel", title="kurator", home="Jouren")
    return Presence.seat(meeting, span, organisation=None, by=a_coordinator())


def test_her_kind_is_changed_in_place_and_undone(as_coordinator: Client, meeting: Meeting, anna: Presence) -> None:
    shown = sheet(as_coordinator, meeting)
    assert shown[f"{anna.anchor}-guest"] == "guest"

    page = send(as_coordinator, meeting, shown | {f"{anna.anchor}-guest": "politician"})

    assert "Anna Exempel är nu noterad som förtroendevald." in words(page)
    kept = Presence.objects.get()
    assert (kept.pk, kept.capacity, kept.title, kept.home) == (anna.pk, "politician", "kurator", "Jouren")
    [(kind, who)] = draft_view(meeting).guests
    assert kind == "Förtroendevald"
    assert who.startswith("Anna Exempel, kurator, Jouren")
    undo(as_coordinator, page)
    assert Presence.objects.get().capacity == "guest"


def test_her_part_and_kind_are_changed_at_once(as_coordinator: Client, meeting: Meeting, anna: Presence) -> None:
    typed = {f"{anna.anchor}-guest": "resident", f"{anna.anchor}-last": "4"}

    page = send(as_coordinator, meeting, sheet(as_coordinator, meeting) | typed)

    assert "Anna Exempel är nu noterad som invånare, punkt 1–4." in words(page)
    assert (Presence.objects.get().capacity, Presence.objects.get().last) == ("resident", 4)


def test_a_page_that_asks_for_no_kind_leaves_it(as_coordinator: Client, meeting: Meeting, anna: Presence) -> None:
    typed = sheet(as_coordinator, meeting)
    del typed[f"{anna.anchor}-guest"]
    typed[f"{anna.anchor}-shown"] = "1 13"

    page = send(as_coordinator, meeting, typed | {f"{anna.anchor}-last": "4"})

    assert "Anna Exempel deltar nu, punkt 1–4." in words(page)
    assert Presence.objects.get().capacity == "guest"


@pytest.mark.parametrize("kind", ["chair", "ordinary", "none"])
def test_she_is_nothing_but_a_guest(as_coordinator: Client, meeting: Meeting, anna: Presence, kind: str) -> None:
    send(as_coordinator, meeting, sheet(as_coordinator, meeting) | {f"{anna.anchor}-guest": kind})

    assert Presence.objects.get().capacity == "guest"


def test_one_from_an_organisation_is_of_no_kind(as_coordinator: Client, meeting: Meeting) -> None:
    note_expected(meeting, by=a_coordinator())

    assert not [name for name in sheet(as_coordinator, meeting) if name.endswith("-guest") and "fler" not in name]


def add(client: Client, meeting: Meeting, *lines: str, **fields: str) -> Response:
    typed = {f"fler-{name}": value for name, value in {"people": "\n".join(lines), **fields}.items()}
    return send(client, meeting, sheet(client, meeting) | typed)


def test_each_line_may_say_its_own_kind(as_coordinator: Client, meeting: Meeting) -> None:
    lines = ("Anna Exempel, adjungerad, kurator, Jouren", "Bo Prov (Invånare)", "Cia Mall, skolchef, Barnnämnden")

    page = words(add(as_coordinator, meeting, *lines, guest="politician"))

    assert "Anna Exempel (adjungerad), Bo Prov (invånare) och Cia Mall (förtroendevald) deltar." in page
    assert {(one.name, one.capacity, one.title, one.home) for one in Presence.objects.all()} == {
        ("Anna Exempel", "co_opted", "kurator", "Jouren"),
        ("Bo Prov", "resident", "", ""),
        ("Cia Mall", "politician", "skolchef", "Barnnämnden"),
    }


def test_of_many_the_receipt_counts_the_kinds(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(add(as_coordinator, meeting, "Anna A, adjungerad", "Bo B, adjungerad", "Cia C", "Di D, invånare"))

    assert "4 personer deltar, två adjungerade, en gäst och en invånare." in page


def test_the_word_is_a_title_where_she_comes_from_an_organisation(
    as_coordinator: Client, meeting: Meeting, technical: Organisation
) -> None:
    page = words(add(as_coordinator, meeting, f"Anna Exempel, adjungerad, {technical.name}"))

    assert "Anna Exempel deltar." in page
    assert [(one.title, one.organisation) for one in Presence.objects.all()] == [("adjungerad", technical)]


def test_undo_of_a_removal_keeps_her_kind(as_coordinator: Client, meeting: Meeting) -> None:
    add(as_coordinator, meeting, "Anna Exempel, adjungerad, kurator, Jouren")
    strike = {"strike": f"{Presence.objects.get().pk}"}

    undo(as_coordinator, send(as_coordinator, meeting, sheet(as_coordinator, meeting) | strike))

    assert str(Presence.objects.get()) == "Anna Exempel, adjungerad"
