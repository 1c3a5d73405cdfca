"""What is sent, or was not needed, is removed after ninety days; what somebody still asks about stays."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone

from meetings.calling import CALLED, called_at, reached_by_call
from meetings.since_call import changed_since_call
from members.actor import Actor
from members.models import Member, Notice, NoticeCause, NoticeStep
from members.outbox import retention
from members.outbox.addressing import LOOKED_BACK
from members.outbox.retention import KEPT, old_causes, remove_old
from tests.factories import MeetingFactory, MemberFactory, OrganisationFactory, SeatFactory
from tests.outbox.conftest import PROBE

pytestmark = pytest.mark.django_db

State = Notice.State
NOW = timezone.now()
LONG_AGO, LATELY = NOW - timedelta(days=90, minutes=2), NOW - timedelta(days=90, minutes=-2)


def told(
    key: str, at: datetime, state: str = State.SENT, *, kind: str = PROBE, to: Member | None = None, **facts: Any
) -> Notice:
    """A mail to somebody that was settled then."""
    cause = NoticeCause.of(kind, key, at=at, **facts)
    cause.addressed_at = at
    cause.save()
    settled = None if state in (State.WAITING, State.HANDING) else at
    who = to or MemberFactory()
    return Notice.objects.create(cause=cause, member=who, due_at=at, state=state, handed_at=at, settled_at=settled)


def left() -> list[str]:
    """What is left: the keys of the causes, each with a mark where its mails are gone."""
    return [f"{cause.key}{'' if cause.notices.exists() else ' alone'}" for cause in NoticeCause.objects.order_by("key")]


def test_what_was_sent_or_dropped_long_ago_goes_with_its_cause() -> None:
    told("sent", LONG_AGO), told("dropped", LONG_AGO, State.DROPPED)
    told("sent lately", LATELY), told("dropped lately", LATELY, State.DROPPED)
    seen_to = Notice.objects.get(cause__key="sent")
    NoticeStep.objects.create(notice=seen_to, kind="sent_again", by=MemberFactory(), at=LONG_AGO)

    remove_old(NOW)

    assert left() == ["dropped lately", "sent lately"]


@pytest.mark.parametrize("state", [State.REFUSED, State.UNCERTAIN, State.WAITING, State.HANDING])
def test_what_is_not_looked_after_or_still_to_be_sent_stays_however_old(state: str) -> None:
    told("the one", LONG_AGO, state)

    remove_old(NOW)

    assert left() == ["the one"]


def test_a_refused_one_that_is_left_is_kept_as_long_from_then(coordinator: Member) -> None:
    notice = told("the one", LONG_AGO, State.REFUSED)
    notice.let_be(by=Actor.of(coordinator), at=LATELY)

    remove_old(NOW)
    assert left() == ["the one"]

    remove_old(NOW + timedelta(minutes=3))
    assert left() == []


def test_a_cause_goes_when_the_last_of_its_mails_does() -> None:
    notice = told("the one", LONG_AGO)
    Notice.objects.create(cause=notice.cause, member=MemberFactory(), due_at=NOW)

    remove_old(NOW)

    assert (left(), Notice.objects.count()) == (["the one"], 1)


def test_a_cause_whose_receivers_are_not_found_yet_stays() -> None:
    NoticeCause.of(PROBE, "the one", at=LONG_AGO).save()
    nobodys = NoticeCause.of(PROBE, "nobody's", at=LONG_AGO)
    nobodys.addressed_at = LONG_AGO
    nobodys.save()

    remove_old(NOW)

    assert left() == ["the one alone"]


def test_nothing_goes_that_a_source_looks_for() -> None:
    """The sources ask what happened since then, and would find it again."""
    told("the one", NOW - LOOKED_BACK)

    assert LOOKED_BACK < KEPT
    assert not old_causes(NOW).exists()


@pytest.mark.parametrize(("state", "knows"), [("planned", True), ("closed", False)])
def test_whom_the_call_has_reached_is_known_until_the_meeting_has_ended(state: str, knows: bool) -> None:
    """One that was called long before: asked anew, nobody is called a second time."""
    organisation = OrganisationFactory()
    anna = SeatFactory(organisation=organisation).member
    meeting = MeetingFactory(state=state, starts_at=NOW + timedelta(days=3 if knows else -1))
    told(f"{meeting.pk}", LONG_AGO, kind=CALLED, to=anna, meeting=meeting.pk)

    remove_old(NOW)

    assert (called_at(meeting), reached_by_call(meeting)) == (LONG_AGO, [anna] if knows else [])
    assert list(changed_since_call(NOW)) == []


def test_it_goes_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        told(f"{number}", LONG_AGO)

    remove_old(NOW)

    assert left() == []


def test_the_command_on_the_timer_does_it_once_a_day() -> None:
    cache.clear()
    told("before", LONG_AGO)
    call_command("send_notices")
    told("after", LONG_AGO)
    call_command("send_notices")

    assert left() == ["after"]
