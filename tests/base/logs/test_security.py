"""The security log: told when it has happened, and in numbers."""

from typing import Any

import pytest
from django.db import transaction

from base.logs.security import SecurityEvent, happened, refused


def told(caplog: pytest.LogCaptureFixture) -> list[dict[str, Any]]:
    return [vars(record)["told"] for record in caplog.records if record.name == "temagrupp.security"]


@pytest.mark.django_db(transaction=True)
def test_what_was_done_is_told_when_it_is_saved(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with transaction.atomic():
        happened(SecurityEvent.SEAT_GIVEN, about=7, organisation=3, issue=None)
        assert told(caplog) == []

    assert told(caplog) == [{"event": "seat_given", "about": 7, "organisation": 3}]


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_not_told_but_a_refusal_is(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    with transaction.atomic():
        happened(SecurityEvent.SEAT_GIVEN, about=7)
        refused(SecurityEvent.FORBIDDEN)
        transaction.set_rollback(True)

    assert told(caplog) == [{"event": "forbidden"}]


def test_no_two_events_share_a_word() -> None:
    assert len({*SecurityEvent}) == len(SecurityEvent.__members__)
