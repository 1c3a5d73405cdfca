"""What is owed, as letters: when, to which address, and what is told in one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from benchmarks.mail_server import Caught
from members.actor import Actor
from members.handing_over import Came
from members.models import Group, How, Member, Notice, NoticeCause, NoticeChoice, Subject
from members.outbox.addressing import address
from members.outbox.kinds import KINDS, NoticeKind
from members.outbox.sending import send_due
from tests.factories import MemberFactory, OrganisationFactory
from tests.outbox.conftest import FILED, PROBE, cause, parts, told_of, whom
from tests.outbox.times import AT, LATER

pytestmark = pytest.mark.django_db

State = Notice.State


def choose(member: Member, how: How, at: datetime | None = None) -> None:
    NoticeChoice.objects.choose(member, {Subject.ASKED: how}, by=Actor.of(member), at=at)


def subjects(server: Caught) -> list[tuple[str, str]]:
    return [(mail["To"], mail["Subject"]) for mail in server.mails]


def moment(words: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(words))


def test_each_receiver_gets_a_mail_of_her_own_at_the_address_she_has_when_it_is_sent(server: Caught) -> None:
    anna, mailbox = MemberFactory(email="anna@exempel.se"), OrganisationFactory(mailbox="brevlada@exempel.se")
    cause("en", anna, mailbox)
    anna.email = "anna.ny@exempel.se"
    anna.save()

    send_due(at=LATER)

    assert subjects(server) == [("anna.ny@exempel.se", "Nytt om en"), ("brevlada@exempel.se", "Nytt om en")]


def test_nothing_is_sent_twice_however_often_it_is_caused_and_sent(server: Caught) -> None:
    anna = MemberFactory()
    for _ in range(2):
        NoticeCause.objects.note([NoticeCause.of(PROBE, "en", at=AT, members=[anna.pk, anna.pk], organisations=[])])
        send_due(at=LATER)

    assert len(server.mails) == 1


@pytest.mark.parametrize(("days", "is_told"), [(13, True), (15, False)])
def test_after_a_stop_what_happened_within_a_fortnight_is_told(
    server: Caught, monkeypatch: pytest.MonkeyPatch, days: int, *, is_told: bool
) -> None:
    anna, happened = MemberFactory(email="anna@exempel.se"), AT - timedelta(days=days)
    found = NoticeCause.of(PROBE, "en", at=happened, members=[anna.pk])
    monkeypatch.setattr(
        "members.outbox.addressing.SOURCES", [lambda since, *, at: [found] if happened >= since else []]
    )

    send_due(at=AT)

    assert subjects(server) == [("anna@exempel.se", "Nytt om en")] * is_told


def test_nothing_is_sent_before_it_is_due(server: Caught) -> None:
    cause("en", MemberFactory())

    assert send_due(at=AT + timedelta(seconds=59)) == {}
    assert send_due(at=AT + timedelta(seconds=60)) == {Came.TAKEN: 1}


def test_what_happens_to_one_thing_within_a_minute_is_one_mail(server: Caught) -> None:
    anna = MemberFactory(email="anna@exempel.se")
    for key in ("ett", "tva", "tre"):
        cause(key, anna, thing="issue:41")
    cause("annat", anna, thing="issue:42")

    send_due(at=LATER)

    assert subjects(server) == [
        ("anna@exempel.se", "Nytt om ett och 2 nyheter till"),
        ("anna@exempel.se", "Nytt om annat"),
    ]


def test_what_concerns_the_account_is_sent_at_once_and_alone_whatever_she_has_chosen(
    server: Caught, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = MemberFactory(email="anna@exempel.se")
    NoticeChoice.objects.choose(anna, dict.fromkeys(Subject, How.NEVER), by=Actor.of(anna))
    choose(anna, How.AT_ONCE)
    monkeypatch.setitem(KINDS, "account", NoticeKind("account", None, "ett konto", whom, told_of, alone=True))
    NoticeCause.of("account", "inbjudan", at=AT, members=[anna.pk]).save()
    for key in ("ett", "tva", "tre", "fyra"):  # more than are sent by themselves
        cause(key, anna)

    send_due(at=LATER)

    assert subjects(server) == [
        ("anna@exempel.se", "Nytt om inbjudan"),
        ("anna@exempel.se", f"4 nyheter från {Group.current().name}"),
    ]
    account, others = server.mails
    assert [mail["List-Unsubscribe"] is None for mail in (account, others)] == [True, False]
    for part in parts(account):
        assert "Mejl om hur du loggar in skickas alltid." in part
        assert "Välj vad du får mejl om" not in part


def test_what_is_said_twice_in_the_same_words_is_told_once(server: Caught) -> None:
    anna = MemberFactory()
    for key in ("ett", "tva"):
        cause(key, anna, thing="issue:41", words="Något har hänt i ett ärende. Logga in.", url="/")

    send_due(at=LATER)

    assert subjects(server) == [(anna.email, "Något har hänt i ett ärende. Logga in.")]


def test_more_than_three_letters_at_one_time_come_as_one(server: Caught) -> None:
    anna = MemberFactory(email="anna@exempel.se")
    for number in range(4):
        cause(f"nr {number}", anna)

    send_due(at=LATER)

    assert subjects(server) == [("anna@exempel.se", "4 nyheter från Temagruppens register")]


def test_what_there_is_nothing_to_tell_of_gathers_no_letters(server: Caught) -> None:
    anna = MemberFactory()
    for key in ("en", "två", "tre"):
        cause(key, anna)
    cause("dold", anna, words="")

    send_due(at=LATER)

    assert [subject for _, subject in subjects(server)] == ["Nytt om en", "Nytt om två", "Nytt om tre"]


def test_a_digest_has_at_most_twenty_lines_and_says_how_many_more_there_are(server: Caught) -> None:
    anna = MemberFactory()
    for number in range(23):
        cause(f"nr {number}", anna)

    send_due(at=LATER)

    text, _ = parts(server.mails[0])
    assert (text.count("Nytt om nr"), "Och 3 till:" in text) == (20, True)
    assert set(Notice.objects.values_list("state", flat=True)) == {State.SENT}


def test_what_waits_on_her_is_first_in_a_digest_and_its_subject_and_one_thing_stands_together(server: Caught) -> None:
    anna = MemberFactory(email="anna@exempel.se")
    choose(anna, How.DAILY, at=AT)
    for key, thing, waits in (("a1", "a", False), ("b1", "b", False), ("a2", "a", False), ("b2", "b", True)):
        cause(key, anna, thing=thing, waits=waits)

    send_due(at=AT + timedelta(days=1))

    assert subjects(server) == [("anna@exempel.se", "Nytt om b2 och 3 nyheter till")]
    text, html = parts(server.mails[0])
    for part in (text, html.partition("<body")[2]):
        places = [part.index(f"Nytt om {key}") for key in ("b2", "a1", "a2", "b1")]
        assert places == sorted(places)


def test_what_does_not_say_what_it_is_stands_before_all_that_waits_and_the_subject_says_what_waits(
    server: Caught,
) -> None:
    anna = MemberFactory()
    for number in range(22):
        cause(f"nr {number}", anna, waits=True)
    for key in ("dolt", "dolt också"):
        cause(key, anna, words="Logga in för att se vad som har hänt.", url="/", is_first=True)

    send_due(at=LATER)

    [told] = server.mails
    text, _ = parts(told)
    assert told["Subject"] == "Nytt om nr 0 och 22 nyheter till"
    assert text.startswith("Logga in för att se vad som har hänt.")
    assert (text.count("Nytt om nr"), "Och 3 till:" in text) == (19, True)


@pytest.mark.parametrize(
    ("how", "happened", "sent"),
    [
        (How.DAILY, "2026-11-25 06:00", "2026-11-25 07:30"),
        (How.DAILY, "2026-11-25 07:29", "2026-11-26 07:30"),  # due when that morning's has gone
        (How.DAILY, "2026-11-25 10:00", "2026-11-26 07:30"),
        (How.DAILY, "2026-11-27 10:00", "2026-11-30 07:30"),  # over the weekend
        (How.DAILY, "2026-12-23 10:00", "2026-12-28 07:30"),  # and Christmas
        (How.WEEKLY, "2026-11-25 10:00", "2026-11-30 07:30"),
        (How.WEEKLY, "2026-11-30 07:00", "2026-11-30 07:30"),
        (How.WEEKLY, "2026-12-31 10:00", "2027-01-04 07:30"),
        (How.AT_ONCE, "2026-11-25 19:58", "2026-11-25 19:59"),
        (How.AT_ONCE, "2026-11-25 19:59", "2026-11-26 07:00"),
        (How.AT_ONCE, "2026-11-26 05:00", "2026-11-26 07:00"),
        (How.AT_ONCE, "2026-10-24 22:00", "2026-10-25 07:00"),  # summer time ends in the night
        (How.AT_ONCE, "2026-03-28 22:00", "2026-03-29 07:00"),  # and begins
    ],
)
def test_a_member_is_told_when_she_has_chosen_and_never_at_night(
    server: Caught, how: How, happened: str, sent: str
) -> None:
    anna = MemberFactory()
    choose(anna, how)
    cause("en", anna, at=moment(happened))

    before = send_due(at=moment(sent) - timedelta(seconds=1))
    then = send_due(at=moment(sent))

    assert (before, then) == ({}, {Came.TAKEN: 1})


def test_what_is_gathered_is_one_mail_however_few_the_things(server: Caught) -> None:
    anna = MemberFactory()
    choose(anna, How.DAILY)
    for number in range(2):
        cause(f"nr {number}", anna, thing=f"issue:{number}")

    send_due(at=LATER)

    assert send_due(at=moment("2026-11-26 07:30")) == {Came.TAKEN: 1}
    text, _ = parts(server.mails[0])
    assert ("Nytt om nr 0" in text, "Nytt om nr 1" in text) == (True, True)


def test_what_is_gathered_follows_a_choice_that_is_made_since(server: Caught) -> None:
    anna = MemberFactory()
    choose(anna, How.WEEKLY)
    cause("en", anna)
    before = send_due(at=LATER)

    choose(anna, How.AT_ONCE, at=LATER)

    assert (before, send_due(at=LATER)) == ({}, {Came.TAKEN: 1})


def test_what_calls_her_is_chosen_about_on_her_page_and_ended_by_no_press_in_passing(server: Caught) -> None:
    cause("kallelsen", MemberFactory(), kind=FILED)

    send_due(at=LATER)

    assert server.mails[0]["List-Unsubscribe"] is None
    for part in parts(server.mails[0]):
        assert "https://register.exempel.se/konto/mejl/" in part


def test_what_she_does_not_want_is_not_sent(server: Caught) -> None:
    anna = MemberFactory()
    choose(anna, How.NEVER)
    cause("en", anna)

    assert send_due(at=LATER) == {}
    assert Notice.objects.get().state == State.DROPPED


def test_a_mailbox_is_told_at_any_hour(server: Caught) -> None:
    cause("en", OrganisationFactory(mailbox="b@exempel.se"), at=moment("2026-11-25 23:00"))

    assert send_due(at=moment("2026-11-25 23:01")) == {Came.TAKEN: 1}


@pytest.mark.parametrize("how", [How.AT_ONCE, How.DAILY, How.NEVER])
def test_one_who_reads_two_mailboxes_at_her_own_address_is_told_once(server: Caught, how: How) -> None:
    anna, others = MemberFactory(email="b@exempel.se"), MemberFactory(email="annan@exempel.se")
    mailboxes = [OrganisationFactory(mailbox="b@exempel.se") for _ in range(2)]
    choose(anna, how)
    cause("en", anna, others, *mailboxes)

    for moment_of_run in (LATER, LATER + timedelta(days=1)):
        send_due(at=moment_of_run)

    assert sorted(mail["To"] for mail in server.mails) == ["annan@exempel.se", "b@exempel.se"]
    dropped = Notice.objects.filter(state=State.DROPPED, trouble="told there").count()
    assert dropped == (1 if how == How.NEVER else 2)


def test_what_another_member_had_at_an_address_that_is_hers_since_is_told_her(server: Caught) -> None:
    anna, bo = MemberFactory(email="delad@exempel.se"), MemberFactory(email="bo@exempel.se")
    cause("en", anna, bo)
    address(LATER)
    Notice.objects.filter(member=bo).update(due_at=LATER + timedelta(hours=1))
    send_due(at=LATER)
    Member.objects.filter(pk=anna.pk).update(email="anna@exempel.se")
    Member.objects.filter(pk=bo.pk).update(email="delad@exempel.se")

    send_due(at=LATER + timedelta(hours=2))

    assert [mail["To"] for mail in server.mails] == ["delad@exempel.se"] * 2


def test_after_a_stop_of_two_days_500_gathered_notices_are_one_mail_each(server: Caught) -> None:
    members = [MemberFactory() for _ in range(5)]
    for member in members:
        choose(member, How.DAILY)
    for number in range(100):
        cause(f"nr {number}", *members, at=AT + timedelta(minutes=number))

    counted = send_due(at=moment("2026-11-27 10:00"))

    assert (counted, Notice.objects.count()) == ({Came.TAKEN: 5}, 500)


def test_one_who_left_and_an_organisation_that_ended_are_sent_nothing(server: Caught) -> None:
    anna, ended = MemberFactory(), OrganisationFactory(mailbox="b@exempel.se")
    cause("en", anna, ended, OrganisationFactory())
    send_due(at=AT)
    anna.is_active = False
    anna.save()
    ended.active_to = ended.active_from
    ended.save()

    assert send_due(at=LATER) == {}
    assert [*Notice.objects.values_list("state", "trouble").distinct()] == [(State.DROPPED, "no address")]


def test_what_there_is_nothing_to_tell_of_any_longer_is_dropped(server: Caught) -> None:
    cause("en", MemberFactory(), words="")

    assert send_due(at=LATER) == {}
    assert Notice.objects.get().state == State.DROPPED


def test_what_has_files_is_a_letter_of_its_own_whatever_else_there_is_to_tell(server: Caught) -> None:
    anna = MemberFactory(email="anna@exempel.se")
    for number in range(5):
        cause(f"{number}", anna, thing="meeting:1")
    cause("kallelsen", anna, thing="meeting:1", kind=FILED)

    send_due(at=LATER)

    assert sorted(subjects(server)) == [
        ("anna@exempel.se", "Nytt om 0 och 4 nyheter till"),
        ("anna@exempel.se", "Nytt om kallelsen"),
    ]


@pytest.mark.parametrize(("how", "comes"), [(How.WEEKLY, 1), (How.DAILY, 1), (How.NEVER, 0)])
def test_it_is_not_gathered_and_comes_to_whoever_wants_mail_at_all(server: Caught, how: How, comes: int) -> None:
    anna = MemberFactory()
    NoticeChoice.objects.choose(anna, {Subject.MEETINGS: how}, by=Actor.of(anna))
    cause("kallelsen", anna, kind=FILED)

    send_due(at=LATER)

    assert len(server.mails) == comes


def test_it_waits_for_the_morning_as_all_else(server: Caught) -> None:
    cause("kallelsen", MemberFactory(), kind=FILED, at=moment("2026-11-25 21:00"))

    send_due(at=moment("2026-11-25 21:02"))
    at_night = len(server.mails)
    send_due(at=moment("2026-11-26 07:00"))

    assert (at_night, len(server.mails)) == (0, 1)
