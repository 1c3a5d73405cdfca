"""The hours and days on which a member is sent no mail, as she has chosen them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks.mail_server import Caught
from members.actor import Actor
from members.handing_over import Came
from members.models import How, Member, Notice, NoticeChoice, QuietHours, Subject
from members.outbox.letters import Letter
from members.outbox.mail import mail
from members.outbox.moments import awake
from members.outbox.sending import send_due
from tests.factories import MemberFactory, OrganisationFactory
from tests.outbox.conftest import cause
from tests.outbox.times import AT, LATER

pytestmark = pytest.mark.django_db


def moment(words: str, *, fold: int = 0) -> datetime:
    """In UTC, where hours are as long as hours are."""
    return timezone.make_aware(datetime.fromisoformat(words).replace(fold=fold)).astimezone(UTC)


def choose(member: Member, begin: int, end: int, *, on_days_off: bool = False) -> None:
    QuietHours.objects.choose(member, begin=begin, end=end, on_days_off=on_days_off, by=Actor.of(member))


@pytest.mark.parametrize(
    ("begin", "end", "on_days_off", "happened", "sent"),
    [
        (22, 6, False, "2026-11-25 21:30", "2026-11-25 21:31"),
        (22, 6, False, "2026-11-25 22:10", "2026-11-26 06:00"),
        (22, 6, False, "2026-11-26 05:10", "2026-11-26 06:00"),
        (7, 7, False, "2026-11-25 23:30", "2026-11-25 23:31"),  # none are quiet
        (7, 7, False, "2026-11-25 07:10", "2026-11-25 07:11"),
        (7, 7, True, "2026-11-28 12:00", "2026-11-30 00:00"),  # but the days off are
        (9, 17, False, "2026-11-25 08:30", "2026-11-25 08:31"),
        (9, 17, False, "2026-11-25 10:00", "2026-11-25 17:00"),
        (9, 17, False, "2026-11-25 23:00", "2026-11-25 23:01"),
        (20, 7, False, "2026-11-28 12:00", "2026-11-28 12:01"),  # a Saturday
        (20, 7, True, "2026-11-28 12:00", "2026-11-30 07:00"),
        (20, 7, True, "2026-11-27 21:00", "2026-11-30 07:00"),
        (20, 7, True, "2026-11-29 22:00", "2026-11-30 07:00"),
        (20, 7, True, "2026-12-23 21:00", "2026-12-28 07:00"),  # over Christmas
        (9, 17, True, "2026-11-28 12:00", "2026-11-30 00:00"),
        (20, 2, False, "2026-03-28 22:00", "2026-03-29 03:00"),  # the hour from two is left out that night
        (3, 2, False, "2026-03-28 22:00", "2026-03-30 02:00"),  # and with it the only one in which mail is wanted
        (20, 3, False, "2026-10-24 22:00", "2026-10-25 03:00"),  # and comes twice
        (20, 2, False, "2026-10-24 22:00", "2026-10-25 02:00"),
    ],
)
def test_she_is_told_when_her_quiet_hours_have_ended(
    server: Caught, begin: int, end: int, on_days_off: bool, happened: str, sent: str
) -> None:
    anna = MemberFactory()
    choose(anna, begin, end, on_days_off=on_days_off)
    cause("en", anna, at=moment(happened))

    before = [send_due(at=at) for at in (moment(happened), moment(sent) - timedelta(seconds=1))]
    then = send_due(at=moment(sent))

    assert (before, then) == ([{}, {}], {Came.TAKEN: 1})


def test_a_long_run_keeps_those_that_begin_in_it(server: Caught, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(letter: Letter) -> EmailMultiAlternatives:
        passed.append(timedelta(minutes=10))
        return mail(letter)

    passed: list[timedelta] = []
    began = moment("2026-11-25 19:55")
    monkeypatch.setattr("django.utils.timezone.now", lambda: began + sum(passed, timedelta()))
    monkeypatch.setattr("members.outbox.sending.mail", slowly)
    for name in ("anna", "bo"):
        cause(name, MemberFactory(email=f"{name}@exempel.se"), at=began - timedelta(minutes=5))

    assert (send_due(), server.receivers) == ({Came.TAKEN: 1}, ["anna@exempel.se"])
    assert Notice.objects.waiting().get().due_at == moment("2026-11-26 07:00")


@pytest.mark.parametrize(("begin", "end", "is_quiet"), [(20, 3, True), (2, 3, True), (20, 2, False), (3, 20, False)])
def test_the_hour_that_comes_twice_is_as_quiet_the_second_time(begin: int, end: int, is_quiet: bool) -> None:
    quiet = QuietHours(begin=begin, end=end)
    first, second = (moment("2026-10-25 02:30", fold=fold) for fold in (0, 1))

    assert second - first == timedelta(hours=1)
    ends = moment("2026-10-25 03:00")
    assert [awake(each, quiet) for each in (first, second)] == ([ends, ends] if is_quiet else [first, second])


def test_the_hours_of_one_are_not_those_of_another_nor_of_a_mailbox(server: Caught) -> None:
    anna, bo, mailbox = (
        MemberFactory(),
        MemberFactory(email="bo@exempel.se"),
        OrganisationFactory(mailbox="b@exempel.se"),
    )
    choose(anna, 9, 17, on_days_off=True)
    cause("en", anna, bo, mailbox)

    send_due(at=LATER)

    assert [mail["To"] for mail in server.mails] == ["bo@exempel.se", "b@exempel.se"]


@pytest.mark.parametrize(
    ("begin", "end", "sent"), [(20, 9, "2026-11-26 09:00"), (7, 17, "2026-11-26 17:00"), (20, 7, "2026-11-26 07:30")]
)
def test_what_is_gathered_does_not_come_in_them_either(server: Caught, begin: int, end: int, sent: str) -> None:
    anna = MemberFactory()
    NoticeChoice.objects.choose(anna, {Subject.ASKED: How.DAILY}, by=Actor.of(anna))
    choose(anna, begin, end)
    cause("en", anna)

    before = [send_due(at=at) for at in (LATER, moment(sent) - timedelta(seconds=1))]

    assert (before, send_due(at=moment(sent))) == ([{}, {}], {Came.TAKEN: 1})


def test_what_was_gathered_for_a_morning_when_nothing_was_sent_waits_for_the_next(server: Caught) -> None:
    anna = MemberFactory()
    NoticeChoice.objects.choose(anna, {Subject.ASKED: How.DAILY}, by=Actor.of(anna))
    cause("en", anna)

    stood_still_until = send_due(at=moment("2026-11-26 23:00"))

    assert (stood_still_until, send_due(at=moment("2026-11-27 07:00"))) == ({}, {Came.TAKEN: 1})


@pytest.mark.parametrize(
    ("begin", "end", "how", "sent"),
    [
        (7, 7, How.AT_ONCE, "2026-11-25 21:10"),  # none are quiet any longer
        (20, 9, How.AT_ONCE, "2026-11-26 09:00"),
        (7, 7, How.DAILY, "2026-11-26 07:30"),
    ],
)
def test_what_waits_follows_when_she_chooses_others(server: Caught, begin: int, end: int, how: How, sent: str) -> None:
    anna, night = MemberFactory(), moment("2026-11-25 21:00")
    NoticeChoice.objects.choose(anna, {Subject.ASKED: how}, by=Actor.of(anna), at=night)
    cause("en", anna, at=night)
    send_due(at=night + timedelta(minutes=2))

    chosen = night + timedelta(minutes=10)
    QuietHours.objects.choose(anna, begin=begin, end=end, on_days_off=False, by=Actor.of(anna), at=chosen)

    before = [] if moment(sent) == chosen else [send_due(at=chosen), send_due(at=moment(sent) - timedelta(seconds=1))]
    assert (any(before), send_due(at=moment(sent))) == (False, {Came.TAKEN: 1})


def test_what_the_mail_server_put_off_keeps_its_pause_when_she_chooses_others(server: Caught) -> None:
    anna = MemberFactory(email="senare@exempel.se")
    cause("en", anna)
    send_due(at=LATER)
    due = Notice.objects.get().due_at

    QuietHours.objects.choose(anna, begin=7, end=7, on_days_off=False, by=Actor.of(anna), at=LATER)

    assert Notice.objects.get().due_at == due > LATER


def test_to_have_chosen_costs_no_statement_more(server: Caught) -> None:
    counted = []
    for number in range(2):
        anna = MemberFactory()
        if number:
            choose(anna, 22, 6)
        for key in ("ett", "två", "tre"):
            cause(f"{key} {number}", anna, thing="issue:1", at=AT)
        with CaptureQueriesContext(connection) as statements:
            assert send_due(at=LATER) == {Came.TAKEN: 1}
        counted.append(len(statements))

    assert counted[0] == counted[1]


@pytest.mark.parametrize(("begin", "end"), [(24, 7), (20, 24), (-1, 7)])
def test_the_database_keeps_them_hours_of_the_clock(begin: int, end: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        choose(MemberFactory(), begin, end)
