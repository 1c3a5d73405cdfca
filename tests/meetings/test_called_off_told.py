"""That a meeting is called off: told to those whom its call has reached, and taken out of their calendars."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.records import Conflict, NotAllowed
from base.swedish.words import swedish_day
from issues.models import AccessGrant
from meetings.agenda.ordering import add_item
from meetings.calling import call_meeting
from meetings.calling_off import call_off, reinstate, send_calling_off_now
from meetings.models import Meeting
from meetings.planning import change_meeting
from meetings.texts.meeting import day_and_hours
from members.actor import Actor
from members.models import Member, Seat
from tests.factories import AgendaItemFactory, IssueFactory, MeetingFactory, MemberFactory
from tests.meetings.called import AT, event_in, sent
from tests.meetings.meetings import excuse, words
from tests.tools.test_guards import forged

pytestmark = pytest.mark.django_db

LATER = AT + timedelta(hours=1)
FINAL = LATER + timedelta(minutes=11)


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"
    settings.DEFAULT_FROM_EMAIL = "Trygghet <trygghet@exempel.se>"


def test_those_who_have_been_called_are_told_once_when_it_is_final_and_it_leaves_their_calendars(
    called: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    add_item(called, by=by, title="Nattvandring")
    MeetingFactory(starts_at=AT + timedelta(weeks=6))
    call_off(called, by=by, reason="Sjukdom.", at=LATER)

    assert sent(mailoutbox, LATER + timedelta(minutes=9)) == []
    assert sent(mailoutbox, FINAL) == ["omar", "pia"]
    subject, body = str(mailoutbox[0].subject), str(mailoutbox[0].body)
    assert subject.startswith("Inställt: möte ")
    assert f"Inställt av Maja Exempel, {swedish_day(LATER.date(), today=LATER.date())} {LATER:%H.%M}: Sjukdom." in body
    assert "Sjukdom." in body
    assert "Det som stod på dagordningen tas upp på mötet" in body
    method, event = event_in(mailoutbox[0])
    told = {name: str(event[name]) for name in ("uid", "sequence", "status")}
    uid = f"mote-{called.number}@register.exempel.se"
    assert (method, told) == ("CANCEL", {"uid": uid, "sequence": "1", "status": "CANCELLED"})
    assert sent(mailoutbox, FINAL + timedelta(minutes=10)) == []


def test_one_who_has_said_no_is_told_with_the_deputy_who_goes(
    called: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    omar = Member.objects.get(name="Omar")
    excuse(called, omar, by=Actor.of(omar), at=AT)
    assert sent(mailoutbox, AT + timedelta(minutes=2)) == ["gun"]

    call_off(called, by=by, at=LATER)

    assert sent(mailoutbox, FINAL) == ["gun", "omar", "pia"]


def test_a_deputy_who_goes_is_told_of_a_new_time_and_that_it_is_off_also_before_the_call(
    coming: Meeting, by: Actor, mailoutbox: list[EmailMessage], as_coordinator: Client
) -> None:
    omar = Member.objects.get(name="Omar")
    excuse(coming, omar, by=Actor.of(omar), at=AT)
    assert sent(mailoutbox, AT + timedelta(minutes=2)) == ["gun"]

    change_meeting(coming, by=by, starts_at=coming.starts_at + timedelta(hours=1), ends_at=None, at=AT)
    assert sent(mailoutbox, LATER) == ["gun"]
    assert str(mailoutbox[0].subject).startswith("Ny tid för mötet ")
    page = words(as_coordinator.get(reverse("meetings:call_off", args=[coming.pk])))
    assert (
        "En person har fått mejl om att gå på mötet och får veta det i ett mejl när tio minuter har gått: Gun." in page
    )

    call_off(coming, by=by, reason="Sjukdom.", at=LATER)
    assert sent(mailoutbox, FINAL) == ["gun"]
    assert "Sjukdom." in str(mailoutbox[0].body)


def test_one_who_has_been_told_that_she_need_not_go_is_told_no_more(
    called: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    pia = Member.objects.get(name="Pia")
    pia.seats.get().end(last_day=AT.date() - timedelta(days=1), by=by)
    assert sent(mailoutbox, AT + timedelta(minutes=2)) == ["pia"]

    call_off(called, by=by, at=LATER)

    assert sent(mailoutbox, FINAL) == ["omar"]


def test_a_guest_is_told_where_her_item_goes(coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]) -> None:
    per = MemberFactory(name="Per", email="per@gast.exempel.se", organisation=None)
    add_item(coming, by=by, title="Lamporna", presenters=[per])
    next_ = MeetingFactory(starts_at=AT + timedelta(weeks=6))
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)
    assert sent(mailoutbox, AT + timedelta(minutes=2)) == ["per"]

    call_off(coming, by=by, reason="Sjukdom.", at=LATER)

    assert sent(mailoutbox, FINAL) == ["omar", "per", "pia"]
    [mail] = [mail for mail in mailoutbox if mail.to[0].startswith("per")]
    assert (event_in(mail)[0], "Sjukdom." in str(mail.body)) == ("CANCEL", True)
    day = swedish_day(next_.day, today=timezone.localdate())
    assert f"Din punkt ”Lamporna” tas upp på mötet {day}." in str(mail.body)
    assert list(Meeting.objects.visible_to(per).order_by("starts_at")) == [coming, next_]


def test_the_mail_says_when_and_where_it_was_to_be_and_to_a_guest_that_her_item_waits(
    coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    per = MemberFactory(name="Per", email="per@gast.exempel.se", organisation=None)
    secret = IssueFactory(title="Källaren", restricted=True)
    AccessGrant.objects.create(issue=secret, member=per)
    add_item(coming, by=by, title="Lamporna", presenters=[per])
    AgendaItemFactory(meeting=coming, presenter=per, under="other", kind="issue", issue=secret)
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT)
    sent(mailoutbox, AT + timedelta(minutes=2))

    call_off(coming, by=by, at=LATER)

    assert sent(mailoutbox, FINAL) == ["omar", "per", "pia"]
    told = {mail.to[0].partition("@")[0]: str(mail.body).split("\n\n") for mail in mailoutbox}
    was = f"Mötet skulle ha varit {day_and_hours(coming.starts_at, coming.ends_at)}, Åsalen."
    assert (told["omar"][1], told["per"][1]) == (was, was)
    assert told["per"][3] == "Din punkt ”Lamporna” väntar på nästa möte. Din punkt väntar på nästa möte."
    assert "Din punkt" not in " ".join(told["omar"])


def test_one_who_has_left_the_group_since_learns_no_more_than_that(
    called: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call_off(called, by=by, reason="Sjukdom.", at=LATER)
    Seat.objects.filter(member__name="Pia").delete()
    sent(mailoutbox, FINAL)

    [mail] = [mail for mail in mailoutbox if mail.to[0].startswith("pia")]
    body = str(mail.body)
    assert (event_in(mail)[0], "Sjukdom." in body, called.get_absolute_url() in body) == ("CANCEL", False, False)


def test_one_whose_call_still_waits_is_neither_called_nor_told(
    coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=by, at=AT)
    sent(mailoutbox, AT - timedelta(minutes=1))
    call_off(coming, by=by, at=AT)

    assert sent(mailoutbox, LATER) == []


def test_nobody_is_told_of_one_that_nobody_was_called_to(
    coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call_off(coming, by=by, at=AT)

    assert [sent(mailoutbox, AT + timedelta(days=day)) for day in range(9)] == [[]] * 9


def test_nobody_is_told_of_one_whose_day_has_been(called: Meeting, by: Actor, mailoutbox: list[EmailMessage]) -> None:
    Meeting.objects.update(starts_at=AT - timedelta(days=1))
    called.refresh_from_db()

    call_off(called, by=by, at=LATER)

    assert sent(mailoutbox, FINAL) == []


def test_what_is_taken_back_in_the_last_moment_is_not_told(
    called: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call_off(called, by=by, at=LATER)
    last = called.undo_until
    assert last == LATER + timedelta(minutes=10)
    assert sent(mailoutbox, last) == []

    reinstate(called, by=by, at=last)

    assert [sent(mailoutbox, last + timedelta(minutes=minute)) for minute in (1, 5)] == [[], []]


def test_called_off_again_it_is_told_once(called: Meeting, by: Actor, mailoutbox: list[EmailMessage]) -> None:
    call_off(called, by=by, at=LATER)
    reinstate(called, by=by, at=LATER + timedelta(minutes=5))
    call_off(called, by=by, at=LATER + timedelta(minutes=6))

    assert sent(mailoutbox, LATER + timedelta(minutes=17)) == ["omar", "pia"]
    assert event_in(mailoutbox[0])[1]["sequence"] == 3


def test_a_call_that_came_to_nothing_meanwhile_goes_out_when_it_is_planned_again(
    coming: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=by, at=LATER)
    call_off(coming, by=by, at=LATER)
    assert sent(mailoutbox, LATER + timedelta(minutes=1)) == []
    reinstate(coming, by=by, at=LATER + timedelta(minutes=2))

    assert sent(mailoutbox, FINAL) == ["omar", "pia"]
    assert "Kallelse till möte" in str(mailoutbox[0].subject)


def test_a_change_that_was_not_told_meanwhile_is_told_when_it_is_planned_again(
    called: Meeting, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    change_meeting(called, by=by, place="Bsalen", at=LATER)
    call_off(called, by=by, at=LATER)
    assert sent(mailoutbox, LATER + timedelta(minutes=2)) == []
    reinstate(called, by=by, at=LATER + timedelta(minutes=3))

    assert sent(mailoutbox, FINAL) == ["omar", "pia"]
    assert str(mailoutbox[0].subject).endswith(": Bsalen i stället för Åsalen")
    assert "Bsalen" in str(mailoutbox[0].body)


# Sent at once


def test_sent_now_it_is_told_at_once_and_stands(called: Meeting, by: Actor, mailoutbox: list[EmailMessage]) -> None:
    call_off(called, by=by, at=LATER)
    assert sent(mailoutbox, LATER + timedelta(minutes=1)) == []
    at = LATER + timedelta(minutes=2)

    send_calling_off_now(called, by=by, entry=called.entry, at=at)

    assert sent(mailoutbox, at) == ["omar", "pia"]
    assert sent(mailoutbox, FINAL) == []
    with pytest.raises(NotAllowed, match=r"började mejlas \d\d\.\d\d och kan inte ångras. Planera ett nytt möte"):
        reinstate(called, by=by, at=at)
    assert forged(called, sent_at=None) == "Mötet är inställt och kan inte ändras."
    assert forged(called, state="planned", sent_at=None, why_cancelled="") == "Mötet är inställt och kan inte ändras."


def test_nothing_is_sent_of_one_that_nobody_was_called_to_nor_when_the_time_is_out(
    coming: Meeting, called: Meeting, by: Actor
) -> None:
    other = MeetingFactory(starts_at=AT + timedelta(weeks=6))
    call_off(other, by=by, at=LATER)
    call_off(called, by=by, at=LATER)

    with pytest.raises(Conflict, match=r"Ingen har fått någon kallelse\. Det finns inget som väntar"):
        send_calling_off_now(other, by=by, at=LATER)
    with pytest.raises(Conflict, match=r"Tiden att ångra är redan ute\. Det finns inget som väntar"):
        send_calling_off_now(called, by=by, at=LATER + timedelta(minutes=10, seconds=1))
    assert set(Meeting.objects.called_off().values_list("sent_at", flat=True)) == {None}


def test_the_page_says_which_of_the_two_holds(
    called: Meeting, by: Actor, as_coordinator: Client, as_representative: Client
) -> None:
    call_off(called, by=by)
    until = f"{timezone.localtime(called.undo_until):%H.%M}"
    send, button = reverse("meetings:send_calling_off_now", args=[called.pk]), "Skicka nu</button>"
    before = as_coordinator.get(called.get_absolute_url())
    assert f"Fram till {until} kan det ångras. Därefter får de som är kallade mejl." in words(before)
    assert button in before.content.decode()
    assert button not in as_representative.get(called.get_absolute_url()).content.decode()

    after = as_coordinator.post(send, {"entry": called.entry}, follow=True)

    assert "skickas inom någon minut, och det kan inte längre ångras." in words(after)
    assert "Mejlen började skickas " in words(after)
    take_back = reverse("meetings:reinstate", args=[called.pk])
    assert [word for word in (button, take_back) if word in after.content.decode()] == []
