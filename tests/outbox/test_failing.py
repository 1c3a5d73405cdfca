"""What an app's own fails with: it stops no other mail, and is tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from benchmarks.mail_server import Caught
from members.handing_over import Came
from members.models import Notice, NoticeCause
from members.outbox.kinds import KINDS, NoticeKind
from members.outbox.sending import send_due
from members.outbox.trouble import held_back_from
from tests.factories import MemberFactory, OrganisationFactory
from tests.outbox.conftest import PROBE, cause, told_of
from tests.outbox.times import AT, LATER

pytestmark = pytest.mark.django_db


def moment(words: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(words))


def divide_in_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")  # nothing more is asked in the transaction, unless a savepoint is left


@pytest.mark.parametrize("fault", [lambda: 1 // 0, divide_in_the_database], ids=["in Python", "in the database"])
def test_a_writer_that_fails_stops_no_other_and_is_tried_again(
    server: Caught, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, fault: Callable[[], object]
) -> None:
    anna = MemberFactory()
    cause("en", anna)
    cause("tva", anna)

    def fails(cause: NoticeCause, receiver: object) -> None:
        if cause.key == "en":
            fault()
        return told_of(cause, receiver)  # type: ignore[arg-type, return-value]

    kind = KINDS[PROBE]
    monkeypatch.setitem(KINDS, PROBE, NoticeKind(PROBE, kind.subject, kind.label, kind.receivers, fails))
    send_due(at=LATER)
    assert Notice.objects.waiting().get().attempts == 0  # the receiver's server was asked nothing
    monkeypatch.setitem(KINDS, PROBE, kind)
    send_due(at=LATER + timedelta(hours=1))

    assert [mail["Subject"] for mail in server.mails] == ["Nytt om tva", "Nytt om en"]


def test_a_time_that_cannot_be_found_stops_no_other_and_is_asked_for_again(
    server: Caught, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, night, anna = KINDS[PROBE], moment("2026-11-25 22:00"), MemberFactory()
    monkeypatch.setitem(KINDS, "held", replace(kind, name="held", begins=lambda cause, at: divide_in_the_database()))
    before = night - timedelta(minutes=2)
    cause("en", anna, kind="held", at=before)
    cause("tva", OrganisationFactory(mailbox="tekniska@exempel.se"), at=before)

    assert send_due(at=night) == {Came.TAKEN: 1}
    assert send_due(at=moment("2026-11-26 09:00")) == {Came.TAKEN: 1}
    assert [mail["Subject"] for mail in server.mails] == ["Nytt om tva", "Nytt om en"]


def test_a_source_that_fails_stops_no_other_and_is_told_until_it_is_mended(
    server: Caught, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(since: datetime, *, at: datetime) -> list[NoticeCause]:
        raise ValueError

    found = NoticeCause.of(PROBE, "en", at=AT, members=[MemberFactory().pk])
    monkeypatch.setattr("members.outbox.addressing.SOURCES", [fails, lambda since, *, at: [found]])

    assert send_due(at=LATER) == {Came.TAKEN: 1}
    assert "could not be found out: tests.outbox.test_failing" in caplog.text
    told = [held.page for held in held_back_from(MemberFactory(is_coordinator=True), LATER)]
    monkeypatch.setattr("members.outbox.addressing.SOURCES", [])
    send_due(at=LATER)
    assert (told, held_back_from(MemberFactory(is_coordinator=True), LATER)) == ([None], [])


def test_a_kind_that_no_app_has_registered_waits(server: Caught) -> None:
    NoticeCause.of("unknown", "en", at=AT).save()

    send_due(at=LATER)

    assert NoticeCause.objects.get().addressed_at is None
