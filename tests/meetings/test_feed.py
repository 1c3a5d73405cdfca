"""A member's own address, at which her calendar reads when the meetings are, and nothing else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from pytest_django import Settings

from meetings.feed import change_feed, end_feed, feed_file, make_feed, token_for
from meetings.models import CalendarFeed, Meeting
from members.actor import Actor
from members.models import Member
from tests.factories import AgendaItemFactory
from tests.meetings.meetings import planned

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r"<code>https://register\.exempel\.se(/kalender/[^<]+\.ics)</code>")


@pytest.fixture(autouse=True)
def address(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def at_one_in(days: int) -> datetime:
    return timezone.localtime().replace(hour=13, minute=0, second=0, microsecond=0) + timedelta(days=days)


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    begins = at_one_in(60)
    return planned(coordinator, starts_at=begins, ends_at=begins + timedelta(hours=2), place="Sessionssalen")


def pressed(client: Client, what: str, key: str) -> str:
    """The page that the button leads to."""
    reply = client.post(f"/konto/kalender/{what}/", {"key": key}, follow=True)
    return unescape(reply.content.decode())


def address_on(page: str) -> str:
    found = ADDRESS.search(page)
    assert found, page
    return found[1]


def told(file: bytes) -> list[dict[str, str]]:
    return [{name: str(event[name]) for name in event} for event in Calendar.from_ical(file).walk("VEVENT")]


def test_a_calendar_reads_what_the_meetings_are_called_and_when_they_are_and_nothing_else(
    as_representative: Client, client: Client, meeting: Meeting
) -> None:
    address = address_on(pressed(as_representative, "ny", "a"))

    reply = client.get(address)

    assert (reply.status_code, reply["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    [event] = Calendar.from_ical(reply.content).walk("VEVENT")
    assert set(event) == {"UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
    assert event["SUMMARY"] == f"Möte {meeting.number}, Temagruppens register"
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (meeting.starts_at, meeting.ends_at)
    assert "Sessionssalen" not in reply.content.decode()


def test_it_is_the_meeting_of_the_kallelse_for_a_calendar_that_has_both(
    representative: Member, meeting: Meeting
) -> None:
    [event] = told(feed_file(representative))

    assert event["UID"] == f"mote-{meeting.number}@register.exempel.se"


def test_a_guest_reads_of_the_meetings_that_she_presents_something_at(outsider: Member, meeting: Meeting) -> None:
    assert told(feed_file(outsider)) == []

    AgendaItemFactory(meeting=meeting, presenter=outsider)

    assert [event["UID"] for event in told(feed_file(outsider))] == [f"mote-{meeting.number}@register.exempel.se"]


def test_it_says_how_often_it_is_read_by_the_standard_and_to_outlook(representative: Member, meeting: Meeting) -> None:
    file = feed_file(representative)

    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in file
    assert b"\r\nX-PUBLISHED-TTL:PT6H\r\n" in file


def test_meetings_whose_end_is_not_said_take_some_time_say_so_and_cost_one_statement_together(
    coordinator: Member, representative: Member, meeting: Meeting
) -> None:
    statements: list[int] = []
    feed_file(representative)  # asks what the group is called
    for days in (90, 120):
        planned(coordinator, starts_at=at_one_in(days), ends_at=None)
        with CaptureQueriesContext(connection) as asked:
            events = Calendar.from_ical(feed_file(representative)).walk("VEVENT")
        statements.append(len(asked))

    lengths = [event.decoded("dtend") - event.decoded("dtstart") for event in events]
    assert (lengths, statements[0]) == ([timedelta(hours=2)] * 3, statements[1])
    names = [str(event["summary"]) for event in events]
    assert [name.endswith(" (sluttiden är inte bestämd)") for name in names] == [False, True, True]


def test_what_was_more_than_a_year_ago_is_left_out(representative: Member, meeting: Meeting) -> None:
    assert told(feed_file(representative, at=meeting.starts_at + timedelta(days=365))) != []
    assert told(feed_file(representative, at=meeting.starts_at + timedelta(days=365, seconds=1))) == []


def test_who_has_read_it_gets_nothing_anew_before_something_has_changed(
    representative: Member, coordinator: Member, client: Client, meeting: Meeting
) -> None:
    address = f"/kalender/{token_for(make_feed(by=Actor.of(representative)))}.ics"
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    meeting.starts_at += timedelta(days=1)
    meeting.ends_at = None
    meeting.save()
    changed = client.get(address, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


def test_another_address_ends_the_one_before_and_so_does_taking_it_away(
    as_representative: Client, client: Client
) -> None:
    first = address_on(pressed(as_representative, "ny", "a"))

    page = pressed(as_representative, "byt", "b")
    second = address_on(page)
    assert "Du har fått en ny adress. Den gamla gäller inte längre." in page
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]

    page = pressed(as_representative, "ta-bort", "c")
    assert "Adressen gäller inte längre." in page
    assert not ADDRESS.search(page)
    assert client.get(second).status_code == 404


def test_it_stands_on_her_page_as_long_as_it_is_the_same(as_representative: Client) -> None:
    made = address_on(pressed(as_representative, "ny", "a"))

    page = as_representative.get("/konto/kalender/").content.decode()

    assert address_on(page) == made
    assert f'href="webcal://register.exempel.se{made}"' in page


def test_one_who_may_no_longer_sign_in_reads_nothing(representative: Member, client: Client) -> None:
    address = f"/kalender/{token_for(make_feed(by=Actor.of(representative)))}.ics"
    representative.is_active = False
    representative.save()

    assert client.get(address).status_code == 404


def test_an_address_that_somebody_made_up_is_none(representative: Member, officer: Member, client: Client) -> None:
    token = token_for(make_feed(by=Actor.of(representative)))
    other = token_for(CalendarFeed(member=officer, nonce="x"))
    body, seal = token.split(":")

    tried = [body, f"{body}:", f"{body}:{seal[:-1]}", f"{other.split(':')[0]}:{seal}", other, "å", "a:b"]

    assert {client.get(f"/kalender/{each}.ics").status_code for each in tried} == {404}


@pytest.mark.parametrize(
    ("what", "sentence"), [("byt", "Du har ingen adress längre."), ("ta-bort", "Du har ingen adress längre.")]
)
def test_what_is_not_there_cannot_be_changed(as_representative: Client, what: str, sentence: str) -> None:
    assert sentence in pressed(as_representative, what, "a")
    assert not CalendarFeed.objects.exists()


def test_a_second_tab_does_not_end_the_address_that_the_first_made(as_representative: Client, client: Client) -> None:
    first = address_on(pressed(as_representative, "ny", "a"))

    page = pressed(as_representative, "ny", "b")

    assert "Du har redan en adress." in page
    assert address_on(page) == first


def test_each_reads_her_own(representative: Member, officer: Member) -> None:
    mine, hers = (make_feed(by=Actor.of(each)) for each in (representative, officer))
    end_feed(by=Actor.of(representative))
    change_feed(by=Actor.of(officer))

    hers.refresh_from_db()
    assert list(CalendarFeed.objects.all()) == [hers]
    assert mine.member != hers.member
