"""Before a meeting is called by hand one reads who gets the call and what it says; for ten minutes it can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import Conflict
from meetings.agenda.ordering import add_item
from meetings.call_foreseen import beside_words
from meetings.calling import call_meeting, call_of, called_at, take_back_call
from meetings.models import Meeting
from meetings.models.presenter import NamedPerson
from members.actor import Actor
from members.models import Member, Notice, NoticeChoice, Subject
from members.models.notice_choice import How
from members.outbox.sending import send_due
from tests.meetings.called import the_member
from tests.meetings.meetings import undo, words

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=11)


def page_of(client: Client, meeting: Meeting) -> str:
    return words(client.get(reverse("meetings:call", args=[meeting.pk])))


def test_it_says_how_many_get_it_who_they_are_and_how_it_begins(
    as_coordinator: Client, coordinator: Member, coming: Meeting
) -> None:
    anna = NamedPerson("Anna Exempel", "kurator", "Brottsofferjouren", "anna@jouren.exempel.se")
    add_item(coming, by=Actor.of(coordinator), title="Nattvandringen", presenters=[anna])

    page = page_of(as_coordinator, coming)

    expected = ["Omar", "Pia"]
    assert all(name in page for name in expected)
    assert "Mejlen går tio minuter efter att du har tryckt. Fram till dess kan du ångra det." in page
    assert "Kallelse till möte" in page
    assert "Anna Exempel föredrar en punkt och kallas till den i ett eget mejl." in page
    assert called_at(coming) is None


def test_of_several_each_is_called_to_her_own_point(
    as_coordinator: Client, coordinator: Member, coming: Meeting
) -> None:
    for name, title in (("Anna Exempel", "Nattvandringen"), ("Bo Påhitt", "Valborg")):
        address = f"{name.split()[0].lower()}@jouren.exempel.se"
        person = NamedPerson(name, "kurator", "Brottsofferjouren", address)
        add_item(coming, by=Actor.of(coordinator), title=title, presenters=[person])

    page = page_of(as_coordinator, coming)

    assert "Anna Exempel och Bo Påhitt föredrar var sin punkt och kallas dit i egna mejl." in page


@pytest.mark.parametrize(
    ("presenting", "told"),
    [
        ([], ""),
        ([("Anna", 1)], "Anna föredrar en punkt och kallas till den i ett eget mejl."),
        ([("Anna", 1), ("Anna", 2)], "Anna föredrar två punkter och kallas till dem i ett eget mejl."),
        ([("Anna", 1), ("Bo", 1)], "Anna och Bo föredrar en punkt och kallas till den i egna mejl."),
        ([("Anna", 1), ("Bo", 2)], "Anna och Bo föredrar var sin punkt och kallas dit i egna mejl."),
        ([("Anna", 1), ("Bo", 1), ("Bo", 2)], "Anna och Bo föredrar två punkter och kallas till dem i egna mejl."),
    ],
)
def test_it_is_told_whether_each_has_a_point_of_her_own(presenting: list[tuple[str, int]], told: str) -> None:
    assert beside_words(presenting) == told


def test_who_has_chosen_no_mail_is_told_of_and_not_counted(as_coordinator: Client, coming: Meeting) -> None:
    before = page_of(as_coordinator, coming)
    NoticeChoice.objects.create(member=the_member("Omar"), subject=Subject.MEETINGS, how=How.NEVER)

    page = page_of(as_coordinator, coming)

    assert "Omar har valt bort mejl om möten. Säg till på annat sätt." in page
    assert "Skicka kallelsen till" in before
    assert before.split("personer?")[0] != page.split("personer?")[0]


def test_it_is_undone_within_ten_minutes_and_nobody_has_had_a_mail(
    as_coordinator: Client, coordinator: Member, coming: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    sends = as_coordinator.post(reverse("meetings:call", args=[coming.pk]), follow=True)
    send_due(at=timezone.now())
    assert "Ångra kallelsen" in words(as_coordinator.get(coming.get_absolute_url()))

    said = words(undo(as_coordinator, sends))

    assert "Inget mejl har gått ut. Kallelsen skickas av sig själv " in said
    assert f"{coordinator} ångrade kallelsen " in said
    send_due(at=timezone.now() + LATER)
    assert (mailoutbox, called_at(coming)) == ([], None)
    assert "Skicka kallelsen nu" in said


def test_who_starts_the_meeting_before_it_has_gone_is_told_that_it_does_not(
    as_coordinator: Client, coming: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    as_coordinator.post(reverse("meetings:call", args=[coming.pk]))

    began = as_coordinator.post(reverse("meetings:start", args=[coming.pk]), {"held": "today"}, follow=True)

    assert "dagordningen ligger fast. Kallelsen hann inte gå ut och skickas inte." in words(began)
    send_due(at=timezone.now() + LATER)
    assert [mail.subject for mail in mailoutbox if "allelse" in mail.subject] == []


def test_what_is_on_its_way_is_not_taken_back(as_coordinator: Client, coming: Meeting) -> None:
    sends = as_coordinator.post(reverse("meetings:call", args=[coming.pk]), follow=True)
    send_due(at=timezone.now() + LATER)

    assert "Kallelsen är redan på väg, och kan inte tas tillbaka." in words(undo(as_coordinator, sends))
    assert Notice.objects.exists()


def test_the_undo_is_of_the_call_that_it_stood_beside(coming: Meeting, coordinator: Member) -> None:
    by, wait = Actor.of(coordinator), timedelta(minutes=10)
    first = call_meeting(coming, by=by, wait=wait)
    take_back_call(coming, first.pk, by=by)
    call_meeting(coming, by=by, wait=wait)

    with pytest.raises(Conflict):
        take_back_call(coming, first.pk, by=by)
    call = call_of(coming)
    assert call
    assert call.may_be_taken_back


def test_one_that_is_called_is_not_called_again(as_coordinator: Client, coming: Meeting, coordinator: Member) -> None:
    call_meeting(coming, by=Actor.of(coordinator))

    page = as_coordinator.get(reverse("meetings:call", args=[coming.pk]), follow=True)

    assert page.redirect_chain == [(coming.get_absolute_url(), 302)]


def test_who_undid_it_stands_until_it_is_called_again(
    as_coordinator: Client, coming: Meeting, coordinator: Member, representative: Member
) -> None:
    by, wait = Actor.of(coordinator), timedelta(minutes=10)
    call_meeting(coming, by=by, wait=wait)
    take_back_call(coming, by=Actor.of(representative))
    undone = f"{representative} ångrade kallelsen i dag "

    assert undone in words(as_coordinator.get(coming.get_absolute_url()))
    send_due(at=timezone.now())
    assert not Notice.objects.exists()

    call_meeting(coming, by=by, wait=wait)
    assert undone not in words(as_coordinator.get(coming.get_absolute_url()))


def test_an_undo_says_that_it_goes_by_itself_at_once_where_it_would_have(
    as_coordinator: Client, coordinator: Member
) -> None:
    now, by = timezone.now(), Actor.of(coordinator)
    soon = Meeting.plan(starts_at=now + timedelta(hours=20), by=by, at=now - timedelta(days=1))
    call_meeting(soon, by=by, wait=timedelta(minutes=10))

    said = words(as_coordinator.post(reverse("meetings:uncall", args=[soon.pk]), {}, follow=True))

    assert "Inget mejl har gått ut. Kallelsen skickas av sig själv strax." in said
