"""Kallelsen: who gets it, when, once; what it says and carries; that a new time or place follows it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.records import Conflict
from base.swedish.words import swedish_day
from issues.models import Action
from issues.restricting import restrict
from meetings.agenda.ordering import add_item
from meetings.attendance import rows
from meetings.calling import LET_STAND, call_meeting
from meetings.models import Meeting
from meetings.planning import change_meeting, plan_meeting
from meetings.texts.attendance import row_state
from meetings.texts.calling import TOO_LATE, when_called
from members.actor import Actor
from members.models import Group, Member, Organisation
from members.models.quiet_hours import AT_NIGHT, at_night
from members.outbox.sending import send_due
from tests.base.documents.reading import pdf_text
from tests.days import next_noon
from tests.factories import IssueFactory, MeetingFactory, MemberFactory, OrganisationFactory
from tests.meetings.called import AT, event_in, says, seated, sent
from tests.meetings.meetings import excuse, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    settings.DEFAULT_FROM_EMAIL = "Trygghet <trygghet@exempel.se>"


def question(to: Organisation, by: Member, what: str, **issue: Any) -> Action:
    actor = Actor.of(by)
    action = Action.draft(issue=IssueFactory(**issue), organisation=to, title=what, text="", by=actor, at=AT)
    action.propose(by=actor, at=AT)
    return action


def test_those_who_are_expected_are_called_a_week_before_and_once(
    coming: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    assert sent(mailoutbox, AT + timedelta(days=2, minutes=-1)) == []
    assert sent(mailoutbox, AT + timedelta(days=2)) == ["omar", "pia"]
    assert sent(mailoutbox, AT + timedelta(days=2, minutes=5)) == []
    assert sent(mailoutbox, AT + timedelta(days=8)) == []


def test_how_long_before_is_the_groups_to_say(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    Group.current().change(by=Actor.of(coordinator), call_days=3)

    assert sent(mailoutbox, AT + timedelta(days=5)) == []
    assert sent(mailoutbox, AT + timedelta(days=6)) == ["omar", "pia"]


def test_the_deputy_is_called_instead_of_one_who_cannot_come(coming: Meeting, mailoutbox: list[EmailMessage]) -> None:
    excuse(coming, Member.objects.get(name="Omar"), by=Actor.of(Member.objects.get(name="Gun")), at=AT)

    assert sent(mailoutbox, AT + timedelta(days=2)) == ["gun", "pia"]
    [to_gun] = [mail for mail in mailoutbox if mail.to == ["gun@sitter.exempel.se"]]
    assert "Omar har förhinder" in str(to_gun.body)


def test_of_one_who_may_not_sign_in_no_excuse_is_told(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    Member.objects.filter(name__in=["Omar", "Pia"]).update(is_active=False)
    call_meeting(coming, by=Actor.of(coordinator), at=AT)

    assert sent(mailoutbox, AT) == ["gun"]
    [body] = [str(mail.body) for mail in mailoutbox]
    assert (" i stället för Omar." in body, "förhinder" in body) == (True, False)
    table = {f"{row.organisation}": row for row in rows(coming)}
    assert f"{row_state(table['Polisen'])}" == "Ingen väntas. Pia kan inte logga in."
    assert f"{row_state(table['Tekniska'])}" == "Gun, ersättare, väntas. Omar kan inte logga in."
    assert [table[name].expected_state for name in ("Polisen", "Tekniska")] == ["absent", "represented"]


def test_it_says_when_and_where_what_is_on_the_agenda_and_what_is_to_be_answered(
    coming: Meeting, coordinator: Member, tekniska: Organisation, polisen: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    add_item(coming, by=Actor.of(coordinator), title="Nattvandring")
    lamp = question(tekniska, coordinator, "Laga lampan")
    speed = IssueFactory(title="Hög fart")
    question(polisen, coordinator, "Gå förbi parken")
    hidden = question(tekniska, coordinator, "Det hemliga", title="Hemliga huset")
    restrict(
        hidden.issue, reason="Kan kännas igen.", named=[Member.objects.get(name="Omar").pk], by=Actor.of(coordinator)
    )
    call_meeting(coming, by=Actor.of(coordinator), at=AT)

    assert sent(mailoutbox, AT + timedelta(minutes=2)).count("omar") == 3  # with two of what he is asked
    [mail] = [mail for mail in mailoutbox if mail.to == ["omar@sitter.exempel.se"] and "Kallelse" in str(mail.subject)]
    told = str(mail.body)
    assert "10.00–12.00, Åsalen." in told
    assert "Att svara på för Tekniska:\n– Laga lampan (svara senast" in told
    assert "Nattvandring" in told
    assert "Ett svar i kalendern når inte registret: svara med länkarna ovan." in told
    assert ("Gå förbi parken" in told.partition("Dagordning:")[0], "emliga" in told) == (False, False)
    assert f"https://register.exempel.se{coming.get_absolute_url()}" in told
    lines, html = told.splitlines(), str(cast("EmailMultiAlternatives", mail).alternatives[0][0])
    [of_lamp] = [line for line in lines if line.startswith("– Laga lampan (")]
    assert of_lamp.endswith(f": https://register.exempel.se{lamp.get_absolute_url()}")
    [of_speed] = [line for line in lines if "Hög fart" in line]
    assert of_speed.endswith(f"Hög fart: https://register.exempel.se{speed.get_absolute_url()}")
    assert [line.partition("Nattvandring")[2] for line in lines if "Nattvandring" in line] == [""]  # has no page yet
    for about, words_of_it in ((lamp, "Laga lampan ("), (speed, "Hög fart</a>")):
        link = html.partition(f'href="https://register.exempel.se{about.get_absolute_url()}"')[2]
        assert words_of_it in link.partition("</p>")[0].partition("</a>")[0] + "</a>"


def test_the_agenda_goes_with_it_as_pdf_and_the_meeting_for_the_calendar(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    add_item(coming, by=Actor.of(coordinator), title="Nattvandring")
    secret = IssueFactory(title="Hemliga huset")
    restrict(secret, reason="Kan kännas igen.", named=[Member.objects.get(name="Pia").pk], by=Actor.of(coordinator))
    call_meeting(coming, by=Actor.of(coordinator), at=AT)

    sent(mailoutbox, AT)

    [mail] = [mail for mail in mailoutbox if mail.to == ["pia@sitter.exempel.se"] and "Kallelse" in str(mail.subject)]
    message = mail.message()
    [paper] = [part for part in message.walk() if part.get_content_type() == "application/pdf"]
    printed = pdf_text(cast("bytes", paper.get_payload(decode=True)))
    assert ("Nattvandring" in printed, "Hemliga" in printed) == (True, False)
    method, event = event_in(mail)
    assert (method, event.decoded("dtstart"), str(event["location"])) == ("REQUEST", coming.starts_at, "Åsalen")
    assert str(event["attendee"]) == "mailto:pia@sitter.exempel.se"


def test_one_newly_planned_is_not_called_within_the_hour(polisen: Organisation, mailoutbox: list[EmailMessage]) -> None:
    near: Meeting = MeetingFactory(starts_at=AT + timedelta(days=3), created_at=AT)
    near.organisations.get_or_create(organisation=polisen)

    assert sent(mailoutbox, AT + timedelta(minutes=59)) == []
    assert sent(mailoutbox, AT + timedelta(minutes=60)) == ["pia"]


def test_one_that_should_have_begun_is_not_called(coming: Meeting, mailoutbox: list[EmailMessage]) -> None:
    assert sent(mailoutbox, AT + timedelta(days=9)) == []


def test_the_call_can_be_sent_before_its_day_and_not_again(
    coming: Meeting, as_coordinator: Client, mailoutbox: list[EmailMessage]
) -> None:
    page = as_coordinator.get(coming.get_absolute_url())
    said = as_coordinator.post(f"{coming.get_absolute_url()}kallelse/", follow=True)
    again = as_coordinator.post(f"{coming.get_absolute_url()}kallelse/", follow=True)

    assert "Skicka kallelsen nu" in words(page)
    assert "Fram till dess kan du ångra det." in words(said)
    shown = [text in words(said) for text in ("Skicka kallelsen nu", "Kallelsen skickades", "Kallelsen skickas i")]
    assert shown == [False, False, True]
    assert "Kallelsen är redan skickad." in words(again)
    send_due(at=AT + timedelta(days=1))
    assert sorted(mail.to[0] for mail in mailoutbox) == ["omar@sitter.exempel.se", "pia@sitter.exempel.se"]
    assert "Kallelsen skickades" in words(as_coordinator.get(coming.get_absolute_url()))
    assert sent(mailoutbox, AT + timedelta(days=3)) == []


def test_it_is_said_when_it_is_sent_on_the_day_with_its_hour() -> None:
    calls = next_noon()
    said = [
        when_called(None, calls, now=calls + wait)
        for wait in (timedelta(minutes=-1), timedelta(hours=-11), timedelta(hours=-13), timedelta(0))
    ]

    day = f"Kallelsen skickas {swedish_day(calls.date(), today=(calls - timedelta(days=1)).date())}."
    today = "Kallelsen skickas i dag klockan 12.00."
    assert said == [today, today, day, "Kallelsen skickas strax."]


@pytest.mark.parametrize(("hour", "waits"), [(6, True), (7, False), (19, False), (20, True), (23, True)])
def test_at_night_it_is_said_that_the_mails_wait_until_it_is_called(hour: int, waits: bool) -> None:
    now = next_noon().replace(hour=hour)
    said = [when_called(None, now, now=now), when_called(None, now, now=now - timedelta(days=2))]

    assert [AT_NIGHT in each for each in said] == [waits, waits]
    assert AT_NIGHT not in when_called(now, now, now=now)
    assert at_night(now) == (AT_NIGHT if waits else "")


def test_one_that_begins_before_it_would_be_called_is_said_not_to_be_called_by_itself(
    as_coordinator: Client, coordinator: Member
) -> None:
    soon = plan_meeting(starts_at=timezone.now() + LET_STAND - timedelta(minutes=1), by=Actor.of(coordinator))
    later = plan_meeting(starts_at=timezone.now() + LET_STAND + timedelta(minutes=1), by=Actor.of(coordinator))

    said = [words(as_coordinator.get(meeting.get_absolute_url())) for meeting in (soon, later)]

    assert [TOO_LATE in page for page in said] == [True, False]
    assert "Skicka kallelsen nu" in said[0]
    assert TOO_LATE in words(as_coordinator.get(reverse("meetings:call", args=[soon.pk])))


def test_who_does_not_run_the_meeting_sees_nothing_of_it(coming: Meeting, as_representative: Client) -> None:
    assert "Kallelsen skickas" not in words(as_representative.get(coming.get_absolute_url()))


def test_one_whose_time_has_passed_is_not_called_by_hand_either(coming: Meeting, coordinator: Member) -> None:
    with pytest.raises(Conflict, match=r"Mötet skulle redan ha börjat\. Kallelsen är inte skickad\."):
        call_meeting(coming, by=Actor.of(coordinator), at=coming.starts_at)


# A new time or place


def test_a_new_time_or_place_goes_to_those_who_were_called_and_replaces_what_they_have(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    by = Actor.of(coordinator)
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)
    first = event_in(mailoutbox[0])[1]

    change_meeting(coming, by=by, at=AT + timedelta(hours=1), place="Biblioteket")

    assert sent(mailoutbox, AT + timedelta(hours=1, minutes=2)) == ["omar", "pia"]
    method, event = event_in(mailoutbox[0])
    assert (method, str(event["uid"]), str(event["location"])) == ("REQUEST", str(first["uid"]), "Biblioteket")
    assert (int(str(first["sequence"])), int(str(event["sequence"]))) == (0, 1)
    day = swedish_day(coming.day, today=timezone.localdate())
    assert str(mailoutbox[0].subject) == f"Ny plats för mötet {day}: Biblioteket i stället för Åsalen"
    assert "Biblioteket" in str(mailoutbox[0].body)


def test_what_is_changed_twice_in_a_minute_is_told_once_as_it_became(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    by = Actor.of(coordinator)
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)

    change_meeting(coming, by=by, at=AT, place="Biblioteket")
    change_meeting(coming, by=by, at=AT, place="Rådhuset")

    assert sent(mailoutbox, AT + timedelta(minutes=2)) == ["omar", "pia"]
    assert ("Rådhuset" in str(mailoutbox[0].body), "Biblioteket" in str(mailoutbox[0].body)) == (True, False)


def test_one_whose_call_waits_for_the_morning_is_told_of_the_change_by_that(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    night = AT.replace(hour=21)
    call_meeting(coming, by=Actor.of(coordinator), at=night)
    change_meeting(coming, by=Actor.of(coordinator), at=night, place="Biblioteket")

    assert sent(mailoutbox, night + timedelta(minutes=2)) == []
    assert sent(mailoutbox, night + timedelta(hours=10)) == ["omar", "pia"]
    assert {(str(mail.subject)[:8], "Biblioteket" in str(mail.body)) for mail in mailoutbox} == {("Kallelse", True)}


def test_one_who_is_expected_since_the_call_is_called_to_when_and_where_it_is_now(
    coming: Meeting, coordinator: Member, polisen: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)
    rescue: Organisation = OrganisationFactory(name="Räddningstjänsten")
    coming.organisations.get_or_create(organisation=rescue)
    seated("Rolf", rescue)

    change_meeting(coming, by=Actor.of(coordinator), at=AT, place="Biblioteket")

    assert sent(mailoutbox, AT + timedelta(minutes=2)) == ["omar", "pia", "rolf"]
    [hers] = [mail for mail in mailoutbox if mail.to == ["rolf@sitter.exempel.se"]]
    assert (str(hers.subject)[:8], "Biblioteket" in str(hers.body)) == ("Kallelse", True)


def test_another_chair_is_no_new_time_and_before_the_call_there_is_nothing_to_change(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    by = Actor.of(coordinator)
    change_meeting(coming, by=by, at=AT, place="Biblioteket")
    before = sent(mailoutbox, AT + timedelta(minutes=2))
    call_meeting(coming, by=by, at=AT + timedelta(hours=1))
    sent(mailoutbox, AT + timedelta(hours=1))
    change_meeting(coming, by=by, at=AT + timedelta(hours=2), chair=MemberFactory())

    assert (before, sent(mailoutbox, AT + timedelta(hours=3))) == ([], [])


def test_one_who_was_called_and_has_said_no_is_told_too_and_so_is_the_deputy(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    omar = Member.objects.get(name="Omar")
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)
    excuse(coming, omar, by=Actor.of(omar), at=AT)
    sent(mailoutbox, AT + timedelta(minutes=2))

    change_meeting(coming, by=Actor.of(coordinator), at=AT + timedelta(hours=1), place="Biblioteket")

    assert sent(mailoutbox, AT + timedelta(hours=2)) == ["gun", "omar", "pia"]


def test_one_who_had_it_is_not_told_when_she_has_left(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)
    Member.objects.filter(name="Pia").update(is_active=False)

    change_meeting(coming, by=Actor.of(coordinator), at=AT, place="Biblioteket")

    assert sent(mailoutbox, AT + timedelta(minutes=2)) == ["omar"]


def test_who_said_no_before_the_call_is_told_of_a_new_time_and_of_no_calendar(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    by = Actor.of(coordinator)
    says(coming, "Omar", "no", AT - timedelta(hours=1))
    call_meeting(coming, by=by, at=AT)
    assert "omar" not in sent(mailoutbox, AT)

    later: dict[str, Any] = {"starts_at": coming.starts_at + timedelta(hours=1), "ends_at": None}
    change_meeting(coming, by=by, at=AT + timedelta(hours=1), **later)

    assert "omar" in sent(mailoutbox, AT + timedelta(hours=1, minutes=2))
    [mail] = [each for each in mailoutbox if each.to == ["omar@sitter.exempel.se"]]
    assert str(mail.subject).startswith("Ny tid för mötet ")
    assert "innan tiden ändrades" in str(mail.body)
    assert "alenderfilen" not in str(mail.body)
    assert [part for part in mail.message().walk() if part.get_content_type() == "text/calendar"] == []
    told = " ".join(str(row_state(row)) for row in rows(coming))
    assert "Omar kan inte komma. Svaret gavs innan tiden ändrades." in told
