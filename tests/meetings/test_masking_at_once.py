"""Two who mask in the same minutes at once, and one who masks while a meeting closes: no passage is left over."""

from datetime import UTC, datetime
from threading import Event

import pytest
from django.db import transaction

from base.swedish.passages import pattern
from meetings.attendance import note_expected
from meetings.closing import close_meeting
from meetings.minutes.masking import hold_closings, mask_versions, versions_with
from meetings.models import AgendaItem, MaskedMinutes, Meeting
from members.actor import Actor
from members.models import Member
from tests.acting import a_coordinator
from tests.at_once import at_once, waits_for_a_row
from tests.factories import SeatFactory
from tests.meetings.meetings import under_way

pytestmark = pytest.mark.django_db(transaction=True)

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    SeatFactory(member=coordinator)
    meeting = under_way(coordinator)
    topic = AgendaItem.objects.get(meeting=meeting, heading__key="other")
    topic.write_note(text="Kalle Prov och Lisa Prov var där.", version=0, by=Actor.of(coordinator))
    note_expected(meeting, by=a_coordinator())
    return meeting


@pytest.mark.parametrize("is_masked_before", [False, True])
def test_two_who_mask_at_once_mask_both(coordinator: Member, meeting: Meeting, is_masked_before: bool) -> None:
    by, masked = Actor.of(coordinator), Event()
    version = close_meeting(meeting, by=by)
    if is_masked_before:
        mask_versions([version], pattern("där"), by=by, at=AT)

    def first() -> None:
        with transaction.atomic():
            mask_versions([version], pattern("Kalle Prov"), by=by, at=AT)
            masked.set()
            waits_for_a_row()

    def second() -> None:
        masked.wait(10)
        mask_versions([version], pattern("Lisa Prov"), by=by, at=AT)

    assert at_once(first, second) == [None, None]
    said = MaskedMinutes.objects.get().content
    assert "Kalle" not in str(said)
    assert "Lisa" not in str(said)
    assert "[maskerat] och [maskerat] var" in str(said)


def test_who_masks_while_a_meeting_closes_finds_what_it_froze(coordinator: Member, meeting: Meeting) -> None:
    by, frozen = Actor.of(coordinator), Event()

    def closes() -> None:
        with transaction.atomic():
            close_meeting(meeting, by=by)
            frozen.set()
            waits_for_a_row()

    def masks() -> int:
        frozen.wait(10)
        with transaction.atomic():
            hold_closings()
            words = pattern("Lisa Prov")
            return len(mask_versions(versions_with(words), words, by=by, at=AT))

    assert at_once(closes, masks) == [None, 1]
    assert "Lisa" not in str(MaskedMinutes.objects.get().content)
