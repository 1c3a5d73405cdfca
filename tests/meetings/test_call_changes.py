"""What follows a call when somebody has answered it: who is called since, who need not go, and that nobody comes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from base.swedish.words import swedish_day
from meetings.attendance import rows
from meetings.calling import call_meeting
from meetings.calling_off import call_off
from meetings.models import CallAnswer, Meeting
from meetings.planning import change_meeting
from meetings.texts.attendance import row_state
from meetings.texts.meeting import day_and_hours
from members.actor import Actor
from members.models import Member, Organisation, Seat
from tests.factories import MeetingFactory, MemberFactory, OrganisationFactory, SeatFactory
from tests.meetings.called import AT, event_in, says, sent, the_member
from tests.meetings.meetings import excuse, words

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def subjects(mails: list[EmailMessage]) -> list[str]:
    return sorted(str(mail.subject) for mail in mails)


def test_a_yes_before_the_deputy_has_been_told_tells_nobody_anything(
    called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    says(called, "Omar", "no", AT + MINUTE)
    says(called, "Omar", "yes", AT + MINUTE)

    assert sent(mailoutbox, AT + 6 * MINUTE) == []


def test_a_no_passes_the_call_to_the_deputy_and_a_yes_lets_her_go_each_time(
    called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    told, files = [], []
    for turn, answer in enumerate(("no", "yes", "no", "partly")):
        says(called, "Omar", answer, AT + (10 * turn) * MINUTE)
        assert sent(mailoutbox, AT + (10 * turn + 5) * MINUTE) == ["gun"]
        [mail] = mailoutbox
        method, event = event_in(mail)
        told.append(str(mail.subject).partition(" mötet")[0])
        files.append((method, str(event["STATUS"]), int(str(event["SEQUENCE"]))))
        if turn == 0:
            assert "Dagordning:" in str(mail.body)
            assert str(mail.body).count("Omar har förhinder.") == 1
        if turn == 1:
            assert str(mail.body).split("\n\n")[1] == "Omar kommer."

    goes, need_not = "Du går på", "Du behöver inte gå på"
    assert told == [goes, need_not, goes, need_not]
    cancelled, confirmed = ("CANCEL", "CANCELLED"), ("REQUEST", "CONFIRMED")
    assert files == [(*confirmed, 0), (*cancelled, 1), (*confirmed, 2), (*cancelled, 3)]
    assert sent(mailoutbox, AT + 90 * MINUTE) == []


def test_one_who_was_appointed_after_the_call_is_called_and_she_who_was_need_not_go(
    called: Meeting, polisen: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    ali, pia = MemberFactory(name="Ali", email="ali@sitter.exempel.se", organisation=polisen), the_member("Pia")
    Seat.appoint(organisation=polisen, member=ali, role="ordinary", since=AT.date(), by=Actor.of(pia))
    later = DateRange(called.day + timedelta(days=30), None)
    SeatFactory(member=pia, organisation=OrganisationFactory(name="Kultur"), period=later)

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["ali", "pia"]
    to_ali, to_pia = sorted(mailoutbox, key=lambda mail: mail.to)
    assert str(to_ali.subject).startswith("Kallelse till möte")
    assert str(to_pia.subject).startswith("Du behöver inte gå på mötet")
    assert (event_in(to_ali)[0], event_in(to_pia)[0]) == ("REQUEST", "CANCEL")
    assert to_ali.reply_to == to_pia.reply_to == [leading.mail_address for leading in Member.objects.leading()]
    assert "/moten/" not in str(to_pia.body)  # she may not open its page
    assert str(to_pia.body).split("\n\n")[1] == "Ali har platsen för Polisen den dagen."
    assert sent(mailoutbox, AT + 60 * MINUTE) == []


def test_an_ordinary_who_could_not_come_and_can_is_called_and_the_deputy_is_not_kept(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    excuse(coming, the_member("Omar"), by=Actor.of(the_member("Omar")), at=AT)
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    assert sent(mailoutbox, AT + 2 * MINUTE) == ["gun", "pia"]  # that she goes is in the call

    says(coming, "Omar", "yes", AT + 4 * MINUTE)

    assert sent(mailoutbox, AT + 6 * MINUTE) == ["gun", "omar"]


def test_when_nobody_comes_from_an_organisation_the_samordnare_is_told(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    says(called, "Omar", "no", AT + MINUTE)
    assert sent(mailoutbox, AT + 3 * MINUTE) == ["gun"]

    says(called, "Gun", "no", AT + 4 * MINUTE)

    assert sent(mailoutbox, AT + 6 * MINUTE) == [coordinator.email.partition("@")[0]]
    [mail] = mailoutbox
    assert str(mail.subject).startswith("Ingen från Tekniska kommer på möte")
    assert "Omar och Gun har anmält förhinder." in str(mail.body)
    assert "List-Unsubscribe" not in mail.extra_headers  # one press would end her calls too


def test_who_was_told_that_nobody_comes_is_told_once_that_somebody_does(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    leads = coordinator.email.partition("@")[0]
    says(called, "Omar", "no", AT + MINUTE)
    says(called, "Gun", "no", AT + MINUTE)
    assert leads in sent(mailoutbox, AT + 3 * MINUTE)

    says(called, "Gun", "yes", AT + 4 * MINUTE)

    sent(mailoutbox, AT + 6 * MINUTE)
    assert sent(mailoutbox, AT + 9 * MINUTE) == [leads]  # found by the run before
    [mail] = [mail for mail in mailoutbox if mail.to[0].startswith(f"{leads}@")]
    assert str(mail.subject).startswith("Någon från Tekniska kommer på mötet")
    assert "Gun, ersättare, kommer. Tidigare såg det ut som att ingen skulle komma." in str(mail.body)
    says(called, "Gun", "no", AT + 20 * MINUTE)
    assert sent(mailoutbox, AT + 25 * MINUTE) == [leads]
    assert str(mailoutbox[0].subject).startswith("Ingen från Tekniska kommer")


def test_who_has_noted_herself_that_somebody_comes_after_all_is_not_told(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    leads = coordinator.email.partition("@")[0]
    says(called, "Pia", "no", AT + MINUTE)
    assert sent(mailoutbox, AT + 3 * MINUTE) == [leads]

    CallAnswer.say(called, the_member("Pia"), "yes", by=Actor.of(coordinator), at=AT + 4 * MINUTE)

    assert leads not in [*sent(mailoutbox, AT + 6 * MINUTE), *sent(mailoutbox, AT + 9 * MINUTE)]


def test_that_nobody_comes_is_not_told_when_she_has_noted_it_herself_or_somebody_comes_again(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    excuse(called, the_member("Pia"), by=Actor.of(coordinator), at=AT)
    assert sent(mailoutbox, AT + 3 * MINUTE) == []

    says(called, "Omar", "no", AT + 4 * MINUTE)
    says(called, "Gun", "no", AT + 4 * MINUTE)
    says(called, "Gun", "yes", AT + 5 * MINUTE)

    assert sent(mailoutbox, AT + 7 * MINUTE) == ["gun"]


def test_before_the_call_an_answer_tells_nobody_but_the_deputy_who_was_to_go(
    coming: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    told = []
    for turn, answer in enumerate(("yes", "no", "yes")):
        says(coming, "Omar", answer, AT + (10 * turn) * MINUTE)
        to = sent(mailoutbox, AT + (10 * turn + 5) * MINUTE)
        told.append((to, [subject.partition(" mötet")[0] for subject in subjects(mailoutbox)]))

    assert told == [([], []), (["gun"], ["Du går på"]), (["gun"], ["Du behöver inte gå på"])]


def test_on_another_day_whoever_went_instead_need_not_go(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    says(called, "Omar", "no", AT + MINUTE)
    sent(mailoutbox, AT + 3 * MINUTE)

    later: dict[str, Any] = {"starts_at": called.starts_at + timedelta(days=1), "ends_at": None}
    change_meeting(called, by=Actor.of(coordinator), at=AT + 4 * MINUTE, **later)

    assert sent(mailoutbox, AT + 6 * MINUTE) == ["gun", "omar", "pia"]
    told = {mail.to[0].partition("@")[0]: str(mail.subject) for mail in mailoutbox}
    assert told["gun"].startswith("Du behöver inte gå på mötet")
    assert told["omar"].startswith("Mötet ")


def test_what_each_has_been_told_is_of_one_meeting_and_hers_alone(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    by = Actor.of(coordinator)
    says(called, "Omar", "no", AT)
    assert sent(mailoutbox, AT + 2 * MINUTE) == ["gun"]
    next_: Meeting = MeetingFactory(starts_at=AT + timedelta(days=20), created_at=AT - timedelta(days=1))
    call_meeting(next_, by=by, at=AT + 5 * MINUTE)
    assert sent(mailoutbox, AT + 5 * MINUTE) == ["omar", "pia"]

    the_member("Omar").seats.get().end(last_day=AT.date() - timedelta(days=1), by=by)

    assert sent(mailoutbox, AT + 10 * MINUTE) == ["gun", "omar"]  # who has said no to the first himself
    [to_omar] = [mail for mail in mailoutbox if mail.to[0].startswith("omar@")]
    assert f"Du behöver inte gå på mötet {swedish_day(next_.day, today=timezone.localdate())}" in str(to_omar.subject)

    change_meeting(next_, by=by, at=AT + 15 * MINUTE, place="Biblioteket")

    assert sent(mailoutbox, AT + 17 * MINUTE) == ["gun", "pia"]
    assert [int(str(event_in(mail)[1]["SEQUENCE"])) for mail in mailoutbox] == [1, 1]

    call_off(next_, by=by, at=AT + 20 * MINUTE)

    assert sent(mailoutbox, AT + 31 * MINUTE) == ["gun", "pia"]


# What is asked of whom


def bodies(mails: list[EmailMessage]) -> dict[str, str]:
    return {mail.to[0].partition("@")[0]: " ".join(str(mail.body).split()) for mail in mails}


def test_what_becomes_of_a_no_is_said_by_name_and_nobody_who_has_answered_is_asked_as_if_she_had_not(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT)
    told = bodies(mailoutbox)
    assert "Kommer du? Svara nej om du inte kan, så får Gun kallelsen." in told["omar"]
    assert (
        "Kommer du? Svara nej om du inte kan, så vet samordnaren det." in told["pia"]
    )  # nobody is appointed beside her

    says(coming, "Omar", "yes", AT + MINUTE)
    says(coming, "Pia", "no", AT + MINUTE)
    change_meeting(coming, by=Actor.of(coordinator), at=AT + 2 * MINUTE, place="Biblioteket")
    sent(mailoutbox, AT + 10 * MINUTE)

    told = bodies(mailoutbox)
    assert "Platsen var förut Åsalen. Tiden är densamma. Du har svarat att du kommer. Svara igen om" in told["omar"]
    assert "Vid ett nej får Gun kallelsen." in told["omar"]
    assert "Du har anmält förhinder. Svara igen om det har ändrats." in told["pia"]
    assert "Vid ett nej" not in told["pia"]


def test_a_deputy_is_asked_as_one(called: Meeting, mailoutbox: list[EmailMessage]) -> None:
    says(called, "Omar", "no", AT + MINUTE)
    sent(mailoutbox, AT + 5 * MINUTE)

    assert "Kommer du? Svara nej om du inte heller kan, så vet samordnaren det." in bodies(mailoutbox)["gun"]


def test_another_time_says_which_it_was_and_that_an_answer_is_older(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    says(called, "Omar", "yes", AT + MINUTE)
    was, by = day_and_hours(called.starts_at, called.ends_at), Actor.of(coordinator)
    for hours in (2, 3):  # the second before anybody has been told of the first
        later = called.starts_at + timedelta(hours=hours)
        change_meeting(called, by=by, at=AT + (hours + 1) * MINUTE, starts_at=later, ends_at=None)

    sent(mailoutbox, AT + 10 * MINUTE)

    told = bodies(mailoutbox)["omar"]
    assert f"Tiden var förut {was}. Platsen är densamma. Du har svarat att du kommer, innan tiden ändrades." in told
    [row, *_] = [row for row in rows(Meeting.objects.get()) if row.ordinary == the_member("Omar")]
    assert row_state(row).verdict == "Omar kommer. Svaret gavs innan tiden ändrades."

    says(called, "Omar", "yes", AT + 20 * MINUTE)

    [row, *_] = [row for row in rows(Meeting.objects.get()) if row.ordinary == the_member("Omar")]
    assert row_state(row).verdict == "Omar kommer."


def test_who_changes_what_people_have_been_called_to_is_told_that_they_are_mailed(
    called: Meeting, as_coordinator: Client
) -> None:
    address = reverse("meetings:change", args=[called.pk])
    told = "De som redan har fått mejl om mötet får den nya tiden och platsen."
    form = as_coordinator.get(address)
    assert told in words(form)

    shown = {name: value for name, value in form.context["form"].initial.items() if value is not None}
    shown |= {name: shown[name].pk for name in ("chair", "secretary")}
    as_it_was = words(as_coordinator.post(address, shown, follow=True))
    moved = words(
        as_coordinator.post(
            address, shown | {"version": Meeting.objects.get().version, "place": "Biblioteket"}, follow=True
        )
    )

    assert (told in as_it_was, f"Ändringen är sparad. {told}" in moved) == (False, True)
