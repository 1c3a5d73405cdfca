"""A meeting as a calendar file, read again by a library."""

from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

import pytest
from django.core.mail import EmailMessage
from django.utils import timezone
from icalendar import Calendar, Event, Timezone
from pytest_django import Settings

from meetings.calendar import cancellation, invitation, uid
from meetings.models import CallAnswer, Meeting
from members.actor import Actor
from members.models import Group, Member
from tests.factories import MemberFactory
from tests.meetings.meetings import planned

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 18, 7, 30, tzinfo=UTC)
LONG = "Sammanträdesrummet Åkrahäll på övre våningen, ingången från Häradshövdingegränd mitt emot den gröna kiosken"


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se:8443"
    settings.DEFAULT_FROM_EMAIL = "Trygghet i Åby <trygghet@exempel.se>"


@pytest.fixture
def anna() -> Member:
    return MemberFactory(email="anna@exempel.se")


def local(*parts: int) -> datetime:
    return timezone.make_aware(datetime(*parts))  # type: ignore[arg-type]


def read(file: bytes) -> tuple[Calendar, Event, Timezone]:
    calendar = Calendar.from_ical(file)
    [event], [zone] = calendar.walk("VEVENT"), calendar.walk("VTIMEZONE")
    assert isinstance(calendar, Calendar)
    assert isinstance(event, Event)
    assert isinstance(zone, Timezone)
    return calendar, event, zone


def test_it_calls_the_receiver_and_asks_for_no_answer(coordinator: Member, anna: Member) -> None:
    Group.current().change(by=Actor.of(coordinator), name="Trygghet i Åby")
    begins = local(2026, 11, 25, 13, 0)
    meeting = planned(coordinator, starts_at=begins, ends_at=begins + timedelta(hours=2), place="Sessionssalen, Åby")

    calendar, event, _ = read(invitation(meeting, anna, at=AT))

    assert (calendar["method"], calendar["version"]) == ("REQUEST", "2.0")
    told = {name: str(event[name]) for name in ("uid", "sequence", "summary", "location", "status", "url")}
    assert told == {
        "uid": f"mote-{meeting.number}@register.exempel.se",
        "sequence": "0",
        "summary": "Möte, Trygghet i Åby",
        "location": "Sessionssalen, Åby",
        "status": "CONFIRMED",
        "url": f"https://register.exempel.se:8443{meeting.get_absolute_url()}",
    }
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (meeting.starts_at, meeting.ends_at)
    assert event.decoded("dtstamp") == AT
    assert (str(event["organizer"]), event["organizer"].params) == ("mailto:trygghet@exempel.se", {})
    assert str(event["attendee"]) == "mailto:anna@exempel.se"
    assert event["attendee"].params["RSVP"] == "FALSE"


def test_a_meeting_with_no_place_says_none(coordinator: Member, anna: Member) -> None:
    meeting = planned(coordinator, starts_at=local(2026, 11, 25, 13, 0), ends_at=None, place="", is_extra=True)

    _, event, _ = read(invitation(meeting, anna, at=AT))

    assert "location" not in event
    assert str(event["summary"]).startswith("Extra möte, ")


def test_a_meeting_whose_end_is_not_said_takes_as_long_as_they_usually_do(coordinator: Member, anna: Member) -> None:
    begins = local(2026, 11, 25, 13, 0)
    meeting = planned(coordinator, starts_at=begins, ends_at=None)

    def told() -> tuple[object, bool]:
        _, event, _ = read(invitation(meeting, anna, at=AT))
        return event.decoded("dtend"), "När mötet slutar är inte bestämt." in str(event["description"])

    assert told() == (begins + timedelta(hours=2), True)
    before = begins - timedelta(weeks=4)
    planned(coordinator, starts_at=before, ends_at=before + timedelta(minutes=90))
    assert told() == (begins + timedelta(minutes=90), True)
    meeting.change(by=Actor.of(coordinator), ends_at=begins + timedelta(hours=3))
    assert told() == (begins + timedelta(hours=3), False)


@pytest.mark.parametrize(
    ("answer", "partstat"), [("yes", "ACCEPTED"), ("no", "DECLINED"), ("partly", "ACCEPTED"), ("", "NEEDS-ACTION")]
)
def test_it_says_what_the_receiver_has_answered_until_the_time_is_another(
    coordinator: Member, anna: Member, answer: str, partstat: str
) -> None:
    begins, by = local(2126, 11, 25, 13, 0), Actor.of(coordinator)
    meeting = planned(coordinator, starts_at=begins)
    CallAnswer.say(meeting, coordinator, "no", by=by, at=AT)
    if answer:
        CallAnswer.say(meeting, anna, answer, by=Actor.of(anna), at=AT)

    def told() -> str:
        return str(read(invitation(meeting, anna, at=AT))[1]["attendee"].params["PARTSTAT"])

    before = told()
    meeting.change(by=by, place="Biblioteket", at=AT + timedelta(hours=1))
    elsewhere = told()
    meeting.change(by=by, starts_at=begins + timedelta(hours=1), at=AT + timedelta(hours=2))

    assert (before, elsewhere, told()) == (partstat, partstat, "NEEDS-ACTION")


def test_it_names_the_addresses_as_the_mail_that_it_comes_with_does(coordinator: Member, settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "Trygghet i Åby <trygghet@åby.example>"
    kim = MemberFactory(email="kim@åäö.example")

    _, event, _ = read(invitation(planned(coordinator), kim, at=AT))
    mail = EmailMessage("Kallelse", "…", None, [kim.email]).message()

    by, to = (parseaddr(str(mail[name]))[1] for name in ("From", "To"))
    assert (str(event["organizer"]), str(event["attendee"])) == (f"mailto:{by}", f"mailto:{to}")
    assert (by, to) == ("trygghet@xn--by-xia.example", "kim@xn--4cab6c.example")


@pytest.mark.parametrize("domain", ["straße.example", f"{'å' * 70}.example"])
def test_an_address_that_no_machine_writes_stops_no_invitation(coordinator: Member, domain: str) -> None:
    kim = Member.objects.get(pk=MemberFactory().pk)
    kim.email = f"kim@{domain}"

    _, event, _ = read(invitation(planned(coordinator), kim, at=AT))

    assert str(event["attendee"]) == f"mailto:kim@{domain}"


def test_a_new_time_or_place_replaces_what_was_sent_before(coordinator: Member, anna: Member) -> None:
    meeting = planned(coordinator, starts_at=local(2126, 11, 25, 13, 0))
    by = Actor.of(coordinator)

    def sequence() -> tuple[int, str]:
        event = read(invitation(meeting, anna, at=AT))[1]
        return int(str(event["sequence"])), str(event["uid"])

    first = sequence()
    meeting.change(by=by, secretary=MemberFactory())
    without_change = sequence()
    meeting.change(by=by, place="Biblioteket")
    meeting.change(by=by, place="Biblioteket")
    moved = sequence()
    meeting.change(by=by, starts_at=meeting.starts_at + timedelta(days=1))
    again = sequence()

    assert first == without_change == (0, f"mote-{meeting.number}@register.exempel.se")
    assert (moved, again) == ((1, first[1]), (2, first[1]))
    assert Meeting.objects.get(pk=meeting.pk).sequence == 2


def test_it_is_the_same_meeting_when_the_register_has_moved_to_another_host(
    coordinator: Member, anna: Member, settings: Settings
) -> None:
    meeting = planned(coordinator)
    settings.ADDRESS = "https://nya.exempel.se"
    moved, of_the_new = Meeting.objects.get(pk=meeting.pk), planned(coordinator)

    _, event, _ = read(cancellation(moved, anna, at=AT))

    told = str(event["uid"]), str(event["url"]), uid(of_the_new)
    address = f"https://nya.exempel.se{meeting.get_absolute_url()}"
    assert told == (f"mote-{meeting.number}@register.exempel.se", address, f"mote-{of_the_new.number}@nya.exempel.se")


def test_what_is_called_off_is_taken_out_of_the_calendar(coordinator: Member, anna: Member) -> None:
    meeting = planned(coordinator)

    calendar, event, _ = read(cancellation(meeting, anna, at=AT))

    assert (calendar["method"], event["status"]) == ("CANCEL", "CANCELLED")
    assert str(event["uid"]) == f"mote-{meeting.number}@register.exempel.se"


@pytest.mark.parametrize(
    ("begins", "clock", "offset"),
    [
        (local(2027, 3, 27, 13), "20270327T130000", 1),
        (local(2027, 3, 28, 13), "20270328T130000", 2),  # the clocks were put forward in the night
        (local(2026, 10, 24, 13), "20261024T130000", 2),
        (local(2026, 10, 25, 13), "20261025T130000", 1),
    ],
)
def test_the_clock_on_the_wall_is_right_beside_the_nights_when_it_is_changed(
    coordinator: Member, anna: Member, begins: datetime, clock: str, offset: int
) -> None:
    meeting = planned(coordinator, starts_at=begins, ends_at=begins + timedelta(hours=1))
    file = invitation(meeting, anna, at=AT)

    _, event, zone = read(file)

    assert f"DTSTART;TZID=Europe/Stockholm:{clock}".encode() in file
    assert event.decoded("dtstart") == begins
    by_its_own_rules = timezone.localtime(begins).replace(tzinfo=zone.to_tz(lookup_tzid=False))
    assert by_its_own_rules.utcoffset() == timedelta(hours=offset)


def test_the_zone_has_rules_and_no_lists_of_days(coordinator: Member, anna: Member) -> None:
    file = invitation(planned(coordinator), anna, at=AT)

    assert file.count(b"RRULE:FREQ=YEARLY;") == 2
    assert (b"RDATE" in file, file.count(b"BEGIN:VTIMEZONE")) == (False, 1)


def test_long_words_are_folded_between_signs_and_read_as_they_were(coordinator: Member, anna: Member) -> None:
    meeting = planned(coordinator, place=LONG)
    file = invitation(meeting, anna, at=AT)

    _, event, _ = read(file)

    lines = file.split(b"\r\n")
    assert max(len(line) for line in lines) <= 75
    assert b"\n" not in b"".join(lines)
    assert [line.decode() for line in lines]  # none ends in the middle of an å
    assert str(event["location"]) == LONG


def test_typed_words_are_text_and_no_lines_of_their_own(coordinator: Member, anna: Member) -> None:
    meeting = planned(coordinator, place="Salen; rum 2, vån\\nETT\r\nATTENDEE:mailto:alla@exempel.se")

    _, event, _ = read(invitation(meeting, anna, at=AT))

    assert str(event["attendee"]) == "mailto:anna@exempel.se"
    assert str(event["location"]) == "Salen; rum 2, vån\\nETT ATTENDEE:mailto:alla@exempel.se"
