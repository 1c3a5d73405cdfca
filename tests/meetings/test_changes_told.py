"""What a mail about another time or place says: from what to what, of all that the receiver has not been told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db.models import Max
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import swedish_day
from meetings.calling import call_meeting
from meetings.models import CallAnswer, Meeting, MeetingChange
from meetings.planning import change_meeting
from meetings.texts.changing import change_line
from members.actor import Actor
from members.models import QuietHours
from tests.acting import a_coordinator
from tests.meetings.called import AT, says, sent, the_member

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
LINK = f"https://moten.exempel.se/{'x' * 60}"


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def change(meeting: Meeting, at: datetime, **facts: Any) -> None:
    meeting.refresh_from_db()
    change_meeting(meeting, by=a_coordinator(), at=at, **facts)


def told(mails: list[EmailMessage], name: str) -> tuple[str, str]:
    """The subject, and what stands of the place before what is asked."""
    [mail] = [mail for mail in mails if mail.to[0].startswith(f"{name}@")]
    return str(mail.subject), str(mail.body).split("\n\n")[2]


def day_of(meeting: Meeting, days: int = 0) -> str:
    return swedish_day(meeting.planned_day + timedelta(days=days), today=timezone.localdate())


@pytest.mark.parametrize(
    ("was", "now", "line"),
    [
        ({}, {"place": "Biblioteket"}, "Ny plats för {}: Biblioteket i stället för Åsalen."),
        ({"place": ""}, {"place": "Biblioteket"}, "Ny plats för {}: Biblioteket."),
        ({}, {"place": LINK}, "Ny plats för {}."),
        ({"place": LINK}, {"place": "Biblioteket"}, "Ny plats för {}: Biblioteket."),
        ({}, {"place": ""}, "Platsen för {} är inte bestämd."),
        ({}, {"hour": 14}, "Ny tid för {}: 14.00 i stället för 10.00."),
        ({}, {"hour": 14, "place": "Biblioteket"}, "Ny tid och plats för {}: 14.00–15.00, Biblioteket."),
        ({}, {"until": 13}, "Ny sluttid för {}: 13.00 i stället för 12.00."),
        ({"until": None}, {"until": 13}, "Ny sluttid för {}: 13.00."),
        ({}, {"until": None}, "Sluttiden för {} är inte bestämd."),
        ({}, {"is_extra": True, "hour": 14}, "Ny tid för {}: 14.00 i stället för 10.00."),
    ],
)
def test_the_line_says_what_has_changed(coming: Meeting, was: dict[str, Any], now: dict[str, Any], line: str) -> None:
    def facts(hour: int = 10, until: int | None = 12, place: str = "Åsalen", **more: Any) -> dict[str, Any]:
        begins = timezone.localtime(coming.starts_at).replace(hour=hour)
        until = max(until, hour + 1) if until else until
        return {"starts_at": begins, "ends_at": until and begins.replace(hour=until), "place": place, **more}

    before = Meeting(**facts(**was))
    meeting = Meeting(**facts(**was | now))

    name = "det extra mötet" if meeting.is_extra else "mötet"
    assert change_line(meeting, before.when_and_where) == line.format(f"{name} {day_of(coming)}")


def test_another_day_is_said_with_the_old_one_and_the_new(called: Meeting, mailoutbox: list[EmailMessage]) -> None:
    was = day_of(called)
    begins = called.starts_at + timedelta(days=1, hours=4)
    change(called, AT + MINUTE, starts_at=begins, ends_at=begins + timedelta(hours=2), place="Biblioteket")

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["omar", "pia"]
    now = day_of(called)
    assert told(mailoutbox, "omar") == (
        f"Mötet {was} är flyttat till {now} 14.00, Biblioteket",
        f"Tiden var förut {was} 10.00–12.00. Platsen var förut Åsalen.",
    )
    assert f"{now.capitalize()} 14.00–16.00, Biblioteket.\n" in str(mailoutbox[0].body)


def test_several_changes_at_once_are_one_mail_of_the_first_and_the_last(
    called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    for place in ("Biblioteket", "Rådhuset", "Skolan"):
        change(called, AT + MINUTE, place=place)

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["omar", "pia"]
    assert told(mailoutbox, "omar") == (
        f"Ny plats för mötet {day_of(called)}: Skolan i stället för Åsalen",
        "Platsen var förut Åsalen. Tiden är densamma.",
    )


def test_who_is_called_at_once_after_a_change_is_told_of_it_by_the_call_alone(
    coming: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    says(coming, "Omar", "no", AT)
    assert sent(mailoutbox, AT + 2 * MINUTE) == ["gun"]  # who knows of the place before the meeting is called

    change(coming, AT + 10 * MINUTE, place="Biblioteket")
    call_meeting(coming, by=a_coordinator(), at=AT + 10 * MINUTE + timedelta(seconds=5))

    sent(mailoutbox, AT + 11 * MINUTE)
    called = {mail.to[0].partition("@")[0]: str(mail.body) for mail in mailoutbox}
    assert sorted(called) == ["gun", "omar", "pia"]
    assert ["10.00–12.00, Biblioteket." in body for body in called.values()] == [True, True, True]
    assert sent(mailoutbox, AT + 15 * MINUTE) == []


def test_a_change_back_to_where_it_was_sends_nothing_before_anybody_knows(
    called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    change(called, AT + MINUTE, place="Biblioteket")
    change(called, AT + MINUTE, place="Åsalen")

    assert sent(mailoutbox, AT + 5 * MINUTE) == []


def test_a_change_back_is_told_to_those_alone_who_knew_of_it(called: Meeting, mailoutbox: list[EmailMessage]) -> None:
    night, omar = AT.replace(hour=21), the_member("Omar")
    QuietHours.objects.choose(omar, begin=7, end=7, on_days_off=False, by=Actor.of(omar), at=AT)
    change(called, night, place="Biblioteket")
    assert sent(mailoutbox, night + 2 * MINUTE) == ["omar"]  # Pia's hours are the usual ones

    change(called, night + 5 * MINUTE, place="Åsalen")

    assert sent(mailoutbox, night + 7 * MINUTE) == ["omar"]
    assert told(mailoutbox, "omar")[0].endswith(": Åsalen i stället för Biblioteket")
    assert sent(mailoutbox, night + timedelta(hours=12)) == []


def test_who_did_not_learn_of_the_first_is_told_of_both_as_one(called: Meeting, mailoutbox: list[EmailMessage]) -> None:
    night = AT.replace(hour=21)
    change(called, night, place="Biblioteket")
    assert sent(mailoutbox, night + 2 * MINUTE) == []
    change(called, night + 5 * MINUTE, starts_at=called.starts_at + timedelta(hours=1))

    assert sent(mailoutbox, night + timedelta(hours=12)) == ["omar", "pia"]
    subject, before = told(mailoutbox, "pia")
    assert subject.startswith(f"Ny tid och plats för mötet {day_of(called)}: 11.00–12.00, Biblioteket")
    assert before == f"Tiden var förut {day_of(called)} 10.00–12.00. Platsen var förut Åsalen."


def test_who_has_answered_is_asked_anew_where_it_went_to_another_day_and_back(
    called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    says(called, "Omar", "yes", AT)
    was, until = called.starts_at, called.ends_at
    change(called, AT + MINUTE, starts_at=was + timedelta(days=1), ends_at=until and until + timedelta(days=1))
    change(called, AT + MINUTE, starts_at=was, ends_at=until)
    assert CallAnswer.objects.count() == 0  # what was said of the other day

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["omar"]
    subject, asked = told(mailoutbox, "omar")
    assert subject == f"Svara igen på kallelsen till mötet {day_of(called)}"
    assert asked.startswith("Mötet flyttades till en annan dag och tillbaka igen, och ditt svar gällde inte längre.")


def test_what_a_meeting_was_before_stands_once_for_each_change(called: Meeting) -> None:
    change(called, AT, place="Biblioteket")
    change(called, AT, chair=the_member("Omar"))
    change(called, AT, place="")

    rows = MeetingChange.objects.order_by("sequence").values_list("sequence", "place", "starts_at")
    assert list(rows) == [(1, "Åsalen", called.starts_at), (2, "Biblioteket", called.starts_at)]
    assert Meeting.objects.aggregate(Max("sequence")) == {"sequence__max": 2}
