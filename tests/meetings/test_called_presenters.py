"""At an item it is said whether those who present it and are not of the group are called, and for what time."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from base.swedish.words import day_and_month
from meetings.agenda.ordering import add_item
from meetings.calling import call_meeting
from meetings.models import AgendaItem, Meeting
from meetings.models.presenter import NamedPerson
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Notice
from tests.meetings.called import AT, sent
from tests.meetings.meetings import item_of, words

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
ANNA = NamedPerson("Anna Exempel", "kurator", "Brottsofferjouren", "anna@jouren.exempel.se")
BO = NamedPerson("Bo Ek", "boende", "", "")


@pytest.fixture
def item(coming: Meeting, by: Actor, outsider: Member, representative: Member) -> AgendaItem:
    presenters: list[Member | NamedPerson] = [ANNA, BO, outsider, representative]
    return add_item(coming, by=by, title="Nattvandringen", presenters=presenters, minutes=10)


def call(meeting: Meeting, by: Actor, mailoutbox: list[EmailMessage], at: datetime = AT) -> None:
    call_meeting(meeting, by=by, at=at)
    sent(mailoutbox, at)
    sent(mailoutbox, at + 2 * MINUTE)


def test_before_the_call_it_says_who_is_to_be_called(as_coordinator: Client, coming: Meeting, item: AgendaItem) -> None:
    page = words(as_coordinator.get(coming.get_absolute_url()))

    assert "Anna Exempel kallas när kallelsen skickas." in page
    assert "Per Modell kallas när kallelsen skickas." in page
    assert "Bo Ek har ingen e-postadress här och kallas inte av registret." in page
    assert "Omar Prov kallas" not in page  # with the others of the group


def test_after_it_when_she_was_called_and_for_what_time(
    as_coordinator: Client, coming: Meeting, item: AgendaItem, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call(coming, by, mailoutbox)
    notice = Notice.objects.exclude(contact=None).get()
    assert notice.settled_at
    day = day_and_month(notice.settled_at.date(), today=notice.settled_at.date())

    page = words(as_coordinator.get(coming.get_absolute_url()))
    assert f"Anna Exempel är kallad {day}, till klockan " in page
    assert f"Per Modell är kallad {day}, till klockan " in page

    start_meeting(coming, by=by)
    room = words(as_coordinator.get(item_of(coming, "Nattvandringen").get_absolute_url()))
    assert f"Anna Exempel är kallad {day}, till klockan " in room


def test_a_call_that_did_not_reach_is_said(
    as_coordinator: Client, coming: Meeting, item: AgendaItem, by: Actor, mailoutbox: list[EmailMessage]
) -> None:
    call(coming, by, mailoutbox)
    hers = Notice.objects.exclude(contact=None).get()
    Notice.objects.filter(pk=hers.pk)._raw_delete("default")
    met = {"state": "refused", "trouble": "550 5.1.1", "settled_at": AT, "handed_at": AT, "sent_to": ANNA.address}
    Notice.objects.create(cause=hers.cause, contact=hers.contact, due_at=AT, **met)

    page = words(as_coordinator.get(coming.get_absolute_url()))

    assert "Kallelsen till Anna Exempel kom inte fram. Rätta adressen, eller ring." in page


def test_it_is_said_to_those_who_prepare_the_meeting_alone(
    as_representative: Client, coming: Meeting, item: AgendaItem
) -> None:
    page = words(as_representative.get(coming.get_absolute_url()))

    assert "Anna Exempel" in page
    assert "Anna Exempel kallas" not in page
