"""Nobody is expected at a meeting that has been called without being told of it, whatever came in between."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from pytest_django.asserts import assertContains

from base.swedish.words import day_and_month
from meetings.answer_link import address_for
from meetings.attendance import rows
from meetings.calling import call_meeting, called_on_first_day
from meetings.models import CallAnswer, Meeting
from meetings.planning import change_meeting
from meetings.texts.attendance import row_state
from members.actor import Actor
from members.models import How, Member, Notice, NoticeCause, NoticeChoice, Organisation, Seat, Subject
from tests.factories import MemberFactory, OrganisationFactory, SeatFactory
from tests.meetings.called import AT, event_in, says, seated, sent, the_member
from tests.restricted.telling import standing_at

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def addresses(settings: Settings) -> None:
    settings.ADDRESS = "https://register.exempel.se"


def appointed(name: str, organisation: Organisation, role: str) -> Member:
    member: Member = MemberFactory(name=name, email=f"{name.lower()}@sitter.exempel.se", organisation=organisation)
    Seat.appoint(organisation=organisation, member=member, role=role, since=AT.date(), by=Actor.of(member))
    return member


def move(meeting: Meeting, days: int, at: datetime, coordinator: Member) -> None:
    """To so many days from where it was planned."""
    begins = AT + timedelta(days=9 + days)
    change_meeting(Meeting.objects.get(pk=meeting.pk), by=Actor.of(coordinator), at=at, starts_at=begins, ends_at=None)


def succeeded_by_ali(meeting: Meeting) -> None:
    """Pia is the ordinary on the day of the meeting, Ali, who is the deputy, on the days after it."""
    pia = the_member("Pia").seats.get()
    ali = appointed("Ali", pia.organisation, "deputy")
    pia.end(last_day=meeting.day, by=Actor.of(ali))
    after = meeting.day + timedelta(days=1)
    Seat.appoint(organisation=pia.organisation, member=ali, role="ordinary", since=after, by=Actor.of(ali))


def refused(name: str) -> Notice:
    """Her call did not reach, and the samordnare has been told so."""
    notice: Notice = Notice.objects.waiting().get(member__name=name)
    meant = Notice.objects.filter(pk=notice.pk)
    meant.refuse(to=notice.receiver.mail_address, at=timezone.now(), trouble="550 5.1.1")
    return notice


def beginnings(mails: list[EmailMessage]) -> dict[str, str]:
    return {mail.to[0].partition("@")[0]: " ".join(str(mail.subject).split()[:2]) for mail in mails}


def test_of_an_organisation_that_has_joined_since_it_was_planned_and_since_it_was_called(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    seated("Kim", OrganisationFactory(name="Hamnbolaget"))
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    assert sent(mailoutbox, AT) == ["kim", "omar", "pia"]

    seated("Lo", OrganisationFactory(name="Elbolaget"))

    assert sent(mailoutbox, AT + MINUTE) == ["lo"]
    assert sent(mailoutbox, AT + 60 * MINUTE) == []


def test_a_deputy_who_was_appointed_after_the_ordinary_said_no(
    called: Meeting, polisen: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    says(called, "Pia", "no", AT + MINUTE)
    sent(mailoutbox, AT + 3 * MINUTE)

    appointed("Gerd", polisen, "deputy")

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["gerd"]
    assert "Pia har förhinder" in str(mailoutbox[0].body)
    assert sent(mailoutbox, AT + 60 * MINUTE) == ["maja"]  # who was told that nobody comes
    assert sent(mailoutbox, AT + 90 * MINUTE) == []


def test_a_deputy_whose_place_begins_before_the_meeting_is_called_on_her_first_day(
    called: Meeting, polisen: Organisation, mailoutbox: list[EmailMessage], as_coordinator: Client
) -> None:
    """She is counted at once; until she may open the meeting the samordnare reads when she is called."""
    first = AT + timedelta(days=3)
    SeatFactory(
        organisation=polisen,
        member=MemberFactory(name="Gerd", email="gerd@sitter.exempel.se"),
        role="deputy",
        period=(first.date(), None),
    )
    says(called, "Pia", "no", AT + MINUTE)
    day = day_and_month(first.date(), today=AT.date())

    page = as_coordinator.get(called.get_absolute_url())

    [state] = [row_state(row) for row, _ in page.context["rows"] if row.organisation == polisen]
    assert f"{state}" == f"Gerd, ersättare, väntas. Pia kan inte komma. Ersättare från {day}."
    assertContains(page, f"<p>Gerd får kallelsen {day}, första dagen på platsen.</p>", html=True)
    assert sent(mailoutbox, AT + 3 * MINUTE) == []
    for at, told in ((first - timedelta(days=1), []), (first, ["gerd"]), (first + MINUTE, [])):
        with standing_at(at):
            assert sent(mailoutbox, at) == told


@pytest.mark.parametrize("days", [3, 2, 1])
def test_nobody_is_said_to_be_called_later_who_is_called_with_the_others(
    coming: Meeting, polisen: Organisation, days: int
) -> None:
    """The call goes out in two days: who sits then has it, and who sits from a later day not before that."""
    the_member("Pia").seats.get().delete()
    gerd = MemberFactory(name="Gerd")
    SeatFactory(organisation=polisen, member=gerd, period=(AT.date() + timedelta(days=days), None))

    later = called_on_first_day(coming, rows(coming))

    assert later == ({gerd: AT.date() + timedelta(days=3)} if days == 3 else {})


def test_a_deputy_whose_own_no_is_taken_back(called: Meeting, mailoutbox: list[EmailMessage]) -> None:
    says(called, "Gun", "no", AT + MINUTE)
    says(called, "Omar", "no", AT + MINUTE)
    sent(mailoutbox, AT + 3 * MINUTE)

    CallAnswer.withdraw(called, the_member("Gun"), by=Actor.of(the_member("Gun")))

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["gun"]


def test_one_who_was_released_and_is_expected_again(
    called: Meeting, polisen: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    pia = the_member("Pia")
    seat = pia.seats.get()
    seat.end(last_day=AT.date() - timedelta(days=1), by=Actor.of(pia))
    assert sent(mailoutbox, AT + 5 * MINUTE) == ["pia"]
    assert (event_in(mailoutbox[0])[0], str(event_in(mailoutbox[0])[1]["SEQUENCE"])) == ("CANCEL", "1")

    Seat.appoint(organisation=polisen, member=pia, role="ordinary", since=AT.date(), by=Actor.of(pia))

    assert sent(mailoutbox, AT + 10 * MINUTE) == ["pia"]
    assert (event_in(mailoutbox[0])[0], str(event_in(mailoutbox[0])[1]["SEQUENCE"])) == ("REQUEST", "2")
    assert sent(mailoutbox, AT + 60 * MINUTE) == []


def test_one_of_whom_it_fell_away_for_a_moment_at_night(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    night = AT.replace(hour=21)
    says(coming, "Omar", "no", AT)
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    sent(mailoutbox, AT + 2 * MINUTE)
    says(coming, "Omar", "yes", night)
    assert sent(mailoutbox, night + MINUTE) == []
    says(coming, "Omar", "no", night + 2 * MINUTE)
    sent(mailoutbox, night + timedelta(hours=11))

    says(coming, "Omar", "yes", night + timedelta(hours=12))
    sent(mailoutbox, night + timedelta(hours=12, minutes=2))

    assert beginnings(mailoutbox) == {"gun": "Du behöver", "omar": "Kallelse till"}


def test_one_who_may_not_sign_in_any_longer_is_not_expected(coming: Meeting) -> None:
    Member.objects.filter(name="Omar").update(is_active=False)

    expected = {f"{row.organisation}": f"{row.expected and row.expected.member}" for row in rows(coming)}

    assert expected["Tekniska"] == "Gun"


def test_one_whose_seat_begins_before_the_meeting_is_called_on_her_first_day(
    called: Meeting, polisen: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    ali: Member = MemberFactory(name="Ali", email="ali@sitter.exempel.se", organisation=polisen)
    tomorrow = AT + timedelta(days=1)
    Seat.appoint(organisation=polisen, member=ali, role="ordinary", since=tomorrow.date(), by=Actor.of(ali))
    assert sent(mailoutbox, AT + 5 * MINUTE) == ["pia"]

    with standing_at(tomorrow):
        assert sent(mailoutbox, tomorrow) == ["ali"]


def test_one_who_is_expected_on_the_new_day_though_it_had_moved_there_and_back_at_night(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    succeeded_by_ali(called)
    night = AT.replace(hour=21)
    move(called, 7, night, coordinator)
    sent(mailoutbox, night + 2 * MINUTE)
    move(called, 0, night + 5 * MINUTE, coordinator)
    sent(mailoutbox, night + 7 * MINUTE)

    assert "ali" not in sent(mailoutbox, night + timedelta(hours=11))
    move(called, 7, night + timedelta(hours=12), coordinator)
    sent(mailoutbox, night + timedelta(hours=12, minutes=2))

    told = beginnings(mailoutbox)
    assert (told["ali"], told["omar"].split()[0], told["pia"]) == ("Kallelse till", "Mötet", "Du behöver")
    assert sent(mailoutbox, night + timedelta(hours=14)) == []


def test_one_mail_tells_one_who_was_not_expected_for_a_moment_that_it_has_moved(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    succeeded_by_ali(called)
    night = AT.replace(hour=21)
    move(called, 7, night, coordinator)
    sent(mailoutbox, night + 2 * MINUTE)
    move(called, 0, night + 5 * MINUTE, coordinator)
    sent(mailoutbox, night + 7 * MINUTE)

    assert sent(mailoutbox, night + timedelta(hours=11)) == ["omar", "pia"]
    assert beginnings(mailoutbox) == {"omar": "Sluttiden för", "pia": "Kallelse till"}


def test_one_mail_tells_the_deputy_at_night_that_she_goes_and_of_the_call(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    night = AT.replace(hour=21)
    says(coming, "Omar", "no", night)
    sent(mailoutbox, night + 2 * MINUTE)
    call_meeting(coming, by=Actor.of(coordinator), at=night + 10 * MINUTE)
    sent(mailoutbox, night + 11 * MINUTE)

    assert sent(mailoutbox, night + timedelta(hours=11)) == ["gun", "pia"]
    assert {str(mail.subject)[:8] for mail in mailoutbox} == {"Kallelse"}
    assert "Omar har förhinder" in str(next(mail.body for mail in mailoutbox if "gun" in mail.to[0]))


def test_a_deputy_who_was_called_before_the_ordinary_said_no_is_told_that_she_goes(
    called: Meeting, coordinator: Member, tekniska: Organisation, mailoutbox: list[EmailMessage]
) -> None:
    Seat.appoint(
        organisation=tekniska, member=the_member("Pia"), role="deputy", since=AT.date(), by=Actor.of(coordinator)
    )
    says(called, "Omar", "no", AT + 5 * MINUTE)

    assert sent(mailoutbox, AT + 7 * MINUTE) == ["pia"]
    assert beginnings(mailoutbox) == {"pia": "Du går"}


def test_one_who_need_not_go_in_the_morning_is_told_that_and_not_where_it_is_now(
    called: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    says(called, "Omar", "no", AT + MINUTE)
    assert sent(mailoutbox, AT + 3 * MINUTE) == ["gun"]
    night = AT.replace(hour=21)
    change_meeting(called, by=Actor.of(coordinator), at=night, place="Biblioteket")
    sent(mailoutbox, night + 2 * MINUTE)
    says(called, "Omar", "yes", night + 5 * MINUTE)
    sent(mailoutbox, night + 7 * MINUTE)

    assert sent(mailoutbox, night + timedelta(hours=11)) == ["gun", "omar", "pia"]
    assert beginnings(mailoutbox)["gun"] == "Du behöver"


def test_what_was_let_be_is_not_sent_again_before_she_has_another_address(
    coming: Meeting, coordinator: Member, as_coordinator: Client, mailoutbox: list[EmailMessage]
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT.replace(hour=21))
    sent(mailoutbox, AT.replace(hour=21))
    as_coordinator.post(reverse("members:notice_let_be", args=[refused("Pia").pk]))
    morning = AT.replace(hour=8) + timedelta(days=1)

    assert sent(mailoutbox, morning) == ["omar"]
    says(coming, "Omar", "partly", morning)
    assert sent(mailoutbox, morning + 5 * MINUTE) == []
    assert NoticeCause.objects.filter(kind="meetings.since").count() == 0

    Member.objects.filter(name="Pia").update(email="ny@sitter.exempel.se")

    assert sent(mailoutbox, morning + 10 * MINUTE) == ["ny"]
    assert sent(mailoutbox, morning + 15 * MINUTE) == []


def test_one_whose_call_may_have_come_is_told_where_it_is_now_and_one_whose_did_not_is_not(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    call_meeting(coming, by=Actor.of(coordinator), at=AT)
    with monkeypatch.context() as killed:
        killed.setattr("members.outbox.sending.letters", lambda until, now: [])
        sent(mailoutbox, AT)
    refused("Pia")
    handing = {"state": Notice.State.HANDING, "handed_at": AT, "sent_to": "omar@sitter.exempel.se"}
    Notice.objects.filter(member__name="Omar").update(**handing)

    change_meeting(coming, by=Actor.of(coordinator), at=AT + 60 * MINUTE, place="Biblioteket")

    assert sent(mailoutbox, AT + 62 * MINUTE) == ["omar"]
    assert beginnings(mailoutbox) == {"omar": "Ny plats"}


def test_one_who_has_another_address_since_for_the_links_in_her_mail_have_ended(
    called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    Member.objects.filter(name="Pia").update(email="pia.ny@sitter.exempel.se")

    assert sent(mailoutbox, AT + 5 * MINUTE) == ["pia.ny"]
    assert address_for(called, the_member("Pia")) in str(mailoutbox[0].body)
    assert event_in(mailoutbox[0])[0] == "REQUEST"
    assert sent(mailoutbox, AT + 10 * MINUTE) == []


def test_one_who_wants_no_mail_of_meetings_is_not_asked_of_again_and_again(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    pia = the_member("Pia")
    NoticeChoice.objects.choose(pia, {Subject.MEETINGS: How.NEVER}, by=Actor.of(pia))
    call_meeting(coming, by=Actor.of(coordinator), at=AT)

    assert [sent(mailoutbox, AT + minute * MINUTE) for minute in range(3)] == [["omar"], [], []]
    assert list(Notice.objects.filter(member=pia).values_list("state", "trouble")) == [("dropped", "not wanted")]


def test_one_who_may_not_sign_in_for_a_while_keeps_the_call_that_she_has(
    called: Meeting, mailoutbox: list[EmailMessage]
) -> None:
    pia = Member.objects.filter(name="Pia")
    pia.update(is_active=False)
    assert [sent(mailoutbox, AT + minute * MINUTE) for minute in range(2, 4)] == [[], []]
    assert not NoticeCause.objects.filter(kind="meetings.released").exists()

    pia.update(is_active=True)

    assert sent(mailoutbox, AT + 5 * MINUTE) == []  # she has the call


def test_one_who_may_not_sign_in_when_her_call_is_sent_is_called_when_she_may(
    coming: Meeting, coordinator: Member, mailoutbox: list[EmailMessage]
) -> None:
    pia, night = Member.objects.filter(name="Pia"), AT.replace(hour=21)
    call_meeting(coming, by=Actor.of(coordinator), at=night)
    sent(mailoutbox, night)
    pia.update(is_active=False)
    assert sent(mailoutbox, night + timedelta(hours=11)) == ["omar"]

    pia.update(is_active=True)

    assert sent(mailoutbox, night + timedelta(hours=12)) == ["pia"]
