"""What a mail server can do to a mail, and what the outbox makes of it: nothing lost, nothing twice."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from benchmarks.mail_server import Caught
from members.handing_over import Came
from members.management.commands import send_notices
from members.models import Notice
from members.outbox.kinds import KINDS
from members.outbox.letters import Letter
from members.outbox.mail import mail
from members.outbox.sending import PAUSES, send_due
from members.outbox.trouble import late_words, what_to_do
from tests.factories import MemberFactory, OrganisationFactory
from tests.outbox.conftest import PROBE, cause
from tests.outbox.times import LATER

pytestmark = pytest.mark.django_db

State = Notice.State

FAULTS = {
    "okand": (State.REFUSED, "550 5.1.1", Came.REFUSED),
    "full": (State.WAITING, "452 4.2.2", Came.LATER),
    "stanger": (State.WAITING, "421 4.3.2", Came.LATER),
    "stanger-efter": (State.WAITING, "421 4.3.2", Came.LATER),
    "avvisad": (State.REFUSED, "554 5.7.1", Came.REFUSED),
    "senare": (State.WAITING, "451 4.7.1", Came.LATER),
    "obegriplig": (State.UNCERTAIN, "-1", Came.UNCERTAIN),
    "konstig": (State.WAITING, "-1", Came.LATER),
    "kanske": (State.WAITING, "252", Came.LATER),
    "kvot": (State.WAITING, "ours: 550 5.4.5", Came.AWAY),
    "avsandare": (State.WAITING, "ours: 550 5.7.60", Came.AWAY),
    "bryter-vid": (State.WAITING, "ours: SMTPServerDisconnected", Came.ENDED),
    "bryter-fore": (State.WAITING, "ours: SMTPServerDisconnected", Came.ENDED),
    "tyst-fore": (State.WAITING, "ours: SMTPServerDisconnected", Came.ENDED),
    "bryter-efter": (State.UNCERTAIN, "SMTPServerDisconnected", Came.UNCERTAIN),
    "tyst-efter": (State.UNCERTAIN, "SMTPServerDisconnected", Came.UNCERTAIN),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_of_the_mail_server_is_told_for_what_it_is(server: Caught, name: str) -> None:
    state, trouble, came = FAULTS[name]
    cause("en", MemberFactory(email=f"{name}@exempel.se"))

    counted = send_due(at=LATER)

    notice = Notice.objects.get()
    assert (notice.state, notice.trouble, counted) == (state, trouble, {came: 1})
    assert server.mails == []


@pytest.mark.parametrize("name", [name for name, (state, *_) in FAULTS.items() if state == State.WAITING])
def test_what_was_not_taken_is_sent_again_after_a_pause(server: Caught, name: str) -> None:
    member = MemberFactory(email=f"{name}@exempel.se")
    cause("en", member)
    send_due(at=LATER)
    member.email = "anna@exempel.se"
    member.save()

    at_once = send_due(at=LATER)
    waited = send_due(at=Notice.objects.get().due_at)

    assert (at_once, waited, server.receivers) == ({}, {Came.TAKEN: 1}, ["anna@exempel.se"])


@pytest.mark.parametrize("name", [name for name, (state, *_) in FAULTS.items() if state in Notice.TO_LOOK_AT])
def test_what_is_refused_or_may_have_been_taken_is_never_sent_again_by_itself(server: Caught, name: str) -> None:
    member = MemberFactory(email=f"{name}@exempel.se")
    cause("en", member)
    send_due(at=LATER)
    member.email = "anna@exempel.se"
    member.save()

    assert send_due(at=LATER + timedelta(days=13)) == {}
    assert server.mails == []


ENDS = [name for name, (*_, came) in FAULTS.items() if came is Came.ENDED]


@pytest.mark.parametrize("name", FAULTS)
def test_no_fault_with_one_mail_stops_the_others(server: Caught, name: str) -> None:
    cause("en", MemberFactory(email=f"{name}@exempel.se"))
    cause("tva", MemberFactory(email="anna@exempel.se"))

    send_due(at=LATER)
    send_due(at=LATER)

    assert server.receivers == ["anna@exempel.se"]


def test_it_is_tried_again_after_minutes_and_then_hours_and_at_last_after_days(server: Caught) -> None:
    cause("en", OrganisationFactory(mailbox="full@exempel.se"))
    at, waited = LATER, []
    for _ in PAUSES:
        send_due(at=at)
        waited.append(Notice.objects.get().due_at - at)
        at += waited[-1]

    minute, hour = timedelta(minutes=1), timedelta(hours=1)
    assert waited == [5 * minute, 15 * minute, hour, 3 * hour, 6 * hour, 12 * hour, 24 * hour, 24 * hour]


def test_a_receiver_whose_server_puts_it_off_for_three_days_was_not_reached(server: Caught) -> None:
    cause("en", MemberFactory(email="full@exempel.se"))
    at = LATER
    for _ in PAUSES:
        send_due(at=at)
        at += timedelta(days=1)
    before = Notice.objects.get().state

    send_due(at=at + timedelta(days=1))

    assert (before, Notice.objects.get().state) == (State.WAITING, State.REFUSED)


@pytest.mark.parametrize("name", ["stanger", "bryter-vid", "bryter-fore"])
def test_a_receiver_for_whom_the_connection_is_ended_stops_nobody_and_is_told_of_after_three_days(
    server: Caught, name: str
) -> None:
    mailbox = OrganisationFactory(mailbox="anna@exempel.se")  # which has no quiet hours
    cause("en", OrganisationFactory(mailbox=f"{name}@exempel.se"))
    for hour in range(4 * 24):
        cause(f"annat {hour}", mailbox, at=LATER + timedelta(hours=hour))
        send_due(at=LATER + timedelta(hours=hour, minutes=1))

    assert (Notice.objects.get(cause__key="en").state, len(server.mails)) == (State.REFUSED, 4 * 24)


@pytest.mark.parametrize("name", ENDS)
def test_that_the_connection_is_ended_for_one_is_of_that_one_when_another_is_taken_in_the_same_run(
    server: Caught, name: str
) -> None:
    for key in (name, "anna"):
        cause(key, MemberFactory(email=f"{key}@exempel.se"))

    counted = send_due(at=LATER)

    ended = Notice.objects.waiting().get()
    assert (counted, ended.attempts, ended.trouble) == ({Came.ENDED: 1, Came.TAKEN: 1}, 1, "421")
    assert late_words(MemberFactory(is_coordinator=True), LATER + timedelta(minutes=15)) == ""


@pytest.mark.parametrize("name", ["bryter-vid", "bryter-fore"])
def test_a_receiver_who_is_always_alone_in_the_run_is_told_of_after_three_days_too(server: Caught, name: str) -> None:
    cause("en", OrganisationFactory(mailbox=f"{name}@exempel.se"))
    at = LATER
    for _ in PAUSES:
        send_due(at=at)
        at = Notice.objects.waiting().get().due_at
    send_due(at=at)

    notice = Notice.objects.get()
    assert (notice.state, at - LATER) == (State.REFUSED, sum(PAUSES, timedelta()))
    assert what_to_do(notice) == "Mottagarens e-postserver har skjutit upp det i tre dagar. Skicka igen, eller ring."


def test_while_one_alone_is_tried_it_is_told_that_a_mail_waits(server: Caught) -> None:
    cause("en", OrganisationFactory(mailbox="bryter-vid@exempel.se"))

    send_due(at=LATER)

    assert late_words(MemberFactory(is_coordinator=True), LATER + timedelta(minutes=15)) != ""


def test_a_server_that_ends_the_connection_for_whoever_it_is_is_away_and_it_is_no_attempt(server: Caught) -> None:
    for number in range(5):
        cause(f"nr {number}", OrganisationFactory(mailbox=f"bryter-vid@nr{number}.exempel.se"))

    counted = send_due(at=LATER)

    assert (counted, server.connections) == ({Came.ENDED: 3}, 3)
    assert set(Notice.objects.values_list("attempts", flat=True)) == {0}
    assert late_words(MemberFactory(is_coordinator=True), LATER + timedelta(minutes=15)) != ""


def test_what_somebody_has_settled_meanwhile_is_not_sent_and_the_next_begins_with_a_connection_of_its_own(
    server: Caught, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(letter: Letter) -> EmailMultiAlternatives:
        if letter.address == "sen@exempel.se":
            Notice.objects.filter(member__email="sen@exempel.se").settle(State.DROPPED, at=LATER)
        return mail(letter)

    monkeypatch.setattr("members.outbox.sending.mail", meanwhile)
    for name in ("sen", "anna"):
        cause(name, MemberFactory(email=f"{name}@exempel.se"))

    counted = send_due(at=LATER)

    assert (counted, server.receivers) == ({Came.LATER: 1, Came.TAKEN: 1}, ["anna@exempel.se"])


def test_what_is_hidden_while_the_server_is_asked_is_not_given_to_it(
    server: Caught, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile(letter: Letter) -> EmailMultiAlternatives:
        if letter.address == "sen@exempel.se":
            hidden.append("en")
        return mail(letter)

    hidden: list[str] = []
    kind = KINDS[PROBE]
    hiding = replace(kind, writer=lambda cause, receiver: None if cause.key in hidden else kind.writer(cause, receiver))
    monkeypatch.setitem(KINDS, PROBE, hiding)
    monkeypatch.setattr("members.outbox.sending.mail", meanwhile)
    cause("en", MemberFactory(email="sen@exempel.se"))
    cause("tva", MemberFactory(email="anna@exempel.se"))

    counted = [send_due(at=LATER), send_due(at=LATER + timedelta(minutes=2))]

    assert (counted, server.receivers) == ([{Came.LATER: 1, Came.TAKEN: 1}, {}], ["anna@exempel.se"])
    assert [notice.trouble for notice in Notice.objects.filter(state=State.DROPPED)] == ["nothing to tell"]


def test_a_server_that_takes_no_sender_now_stands_still_and_it_is_no_attempt(server: Caught) -> None:
    cause("en", MemberFactory(email="anna@exempel.se"))
    server.most_in_all, server.ends_with = 0, "451 4.3.0 try later"

    counted = send_due(at=LATER)

    later = LATER + timedelta(minutes=15)
    assert (counted, Notice.objects.get().attempts) == ({Came.AWAY: 1}, 0)
    assert late_words(MemberFactory(is_coordinator=True), later) != ""


def test_that_our_own_server_was_away_is_no_attempt_with_the_receivers(settings: Settings, server: Caught) -> None:
    cause("en", MemberFactory(email="senare@exempel.se"))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for minutes in range(0, 9 * 60, 5):
        send_due(at=LATER + timedelta(minutes=minutes))
    settings.EMAIL_PORT = port

    assert send_due(at=LATER + timedelta(hours=9)) == {Came.LATER: 1}

    assert Notice.objects.get().state == State.WAITING


def test_while_our_own_server_is_away_it_is_told_that_mails_wait(settings: Settings, server: Caught) -> None:
    coordinator = MemberFactory(is_coordinator=True)
    for number in range(3):
        cause(f"nr {number}", MemberFactory(email=f"anna{number}@exempel.se"))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    told = []
    for minutes in range(30):
        send_due(at=LATER + timedelta(minutes=minutes))
        told.append(bool(late_words(coordinator, LATER + timedelta(minutes=minutes))))

    assert told == [False] * 14 + [True] * 16
    settings.EMAIL_PORT = port
    send_due(at=LATER + timedelta(hours=1))
    assert late_words(coordinator, LATER + timedelta(hours=1)) == ""


def test_what_one_receivers_server_puts_off_is_no_sign_that_ours_stands_still(server: Caught) -> None:
    cause("en", MemberFactory(email="senare@exempel.se"))
    for minutes in range(0, 60, 5):
        send_due(at=LATER + timedelta(minutes=minutes))

    assert late_words(MemberFactory(is_coordinator=True), LATER + timedelta(hours=1)) == ""


def test_no_server_at_all_loses_nothing_however_long(settings: Settings, server: Caught) -> None:
    cause("en", MemberFactory(email="anna@exempel.se"))
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    for days in range(20):
        assert send_due(at=LATER + timedelta(days=days)) == {Came.AWAY: 1}

    settings.EMAIL_PORT = port
    assert send_due(at=LATER + timedelta(days=20)) == {Came.TAKEN: 1}
    assert server.receivers == ["anna@exempel.se"]


def test_ten_mails_go_by_one_connection(server: Caught) -> None:
    for number in range(10):
        cause(f"nr {number}", MemberFactory(email=f"anna{number}@exempel.se"))

    send_due(at=LATER)

    assert (len(server.mails), server.connections) == (10, 1)


@pytest.mark.parametrize("ends_with", ["421 4.4.2 too many messages", ""])
def test_a_server_that_ends_a_connection_after_some_mails_is_called_again_at_once(
    server: Caught, ends_with: str
) -> None:
    for number in range(12):
        cause(f"nr {number}", MemberFactory(email=f"anna{number}@exempel.se"))
    server.most_by_one_connection, server.ends_with = 4, ends_with

    counted = send_due(at=LATER)

    assert (counted, len(server.mails), server.connections) == ({Came.TAKEN: 12}, 12, 3)


def test_a_server_that_takes_no_more_is_called_again_once(server: Caught) -> None:
    for number in range(3):
        cause(f"nr {number}", MemberFactory(email=f"anna{number}@exempel.se"))
    server.most_in_all, server.ends_with = 1, "421 4.7.0 too many"

    counted = send_due(at=LATER)

    assert (counted, server.connections) == ({Came.TAKEN: 1, Came.AWAY: 1}, 2)


def test_a_domain_with_swedish_letters_is_written_as_servers_write_it(server: Caught) -> None:
    cause("en", MemberFactory(email="info@räddningstjänsten.exempel.se"))

    assert send_due(at=LATER) == {Came.TAKEN: 1}
    assert server.receivers == ["info@xn--rddningstjnsten-0kbj.exempel.se"]


def test_a_letter_that_cannot_be_written_stops_no_other(
    server: Caught, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(letter: Letter) -> EmailMultiAlternatives:
        if letter.receiver.mail_address == "konstig@exempel.se":
            raise ValueError
        return mail(letter)

    monkeypatch.setattr("members.outbox.sending.mail", fail)
    cause("en", MemberFactory(name="Gun Prov", email="konstig@exempel.se"))
    cause("tva", MemberFactory(email="anna@exempel.se"))

    assert send_due(at=LATER) == {Came.LATER: 1, Came.TAKEN: 1}
    assert server.receivers == ["anna@exempel.se"]
    assert "could not be written" in caplog.text
    assert "Gun" not in caplog.text
    assert Notice.objects.waiting().get().attempts == 0
    late = late_words(MemberFactory(is_coordinator=True), LATER + timedelta(minutes=15))
    assert (Notice.objects.waiting().count(), late != "") == (1, True)


@pytest.mark.django_db(transaction=True)
def test_the_loop_says_that_its_connection_to_the_database_broke_and_goes_on(
    server: Caught, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaking() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    def sleep(seconds: float) -> None:
        if not runs:
            raise KeyboardInterrupt

    runs: list[Callable[[], object]] = [breaking, send_due]
    monkeypatch.setattr(f"{send_notices.__name__}.send_due", lambda: runs.pop(0)())
    monkeypatch.setattr(f"{send_notices.__name__}.time", SimpleNamespace(sleep=sleep))
    cause("en", OrganisationFactory(mailbox="anna@exempel.se"))

    with pytest.raises(KeyboardInterrupt):
        call_command("send_notices", loop=True)

    assert "Utskicket avbröts. Nytt försök om 10 sekunder." in capsys.readouterr().err
    assert server.receivers == ["anna@exempel.se"]


def test_a_line_break_in_what_is_told_is_none_in_the_subject(server: Caught) -> None:
    cause("en", MemberFactory(email="anna@exempel.se"), words="Lampan är\nlagad.")

    send_due(at=LATER)

    assert server.mails[0]["Subject"] == "Lampan är lagad"


def test_an_address_with_letters_that_the_server_does_not_take_is_refused(server: Caught) -> None:
    cause("en", MemberFactory(email="åsa@exempel.se"))

    send_due(at=LATER)

    assert (Notice.objects.get().state, Notice.objects.get().trouble) == (State.REFUSED, "address")
