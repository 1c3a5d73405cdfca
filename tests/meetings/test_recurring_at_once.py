"""One ends a point that recurs while another plans the meeting that would take it over."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from django.db import transaction
from django.utils import timezone

from meetings.agenda.ordering import add_item
from meetings.models import AgendaItem, Meeting
from meetings.planning import plan_meeting
from meetings.recurring import end_recurring, let_recur
from members.actor import Actor
from members.models import Member
from tests.at_once import at_once, waits_for_a_row

TITLE = "Läget i skolorna"


def one_first(first: Callable[[], object], then: Callable[[], object]) -> None:
    """Both do it at once: the other comes while what the first has done is not seen yet, and waits."""
    held = Event()

    def hold() -> None:
        with transaction.atomic():
            first()
            held.set()
            waits_for_a_row()

    def follow() -> None:
        held.wait(10)
        then()

    at_once(hold, follow)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("plans_first", [True, False])
def test_the_meeting_has_no_point_that_was_ended(coordinator: Member, *, plans_first: bool) -> None:
    by, now = Actor.of(coordinator), timezone.now()
    before = plan_meeting(starts_at=now + timedelta(weeks=1), by=by)
    item = let_recur(add_item(before, title=TITLE, by=by), by=by)

    def plan() -> None:
        plan_meeting(starts_at=now + timedelta(weeks=5), by=by)

    def end() -> None:
        end_recurring(item, by=by)

    one_first(*((plan, end) if plans_first else (end, plan)))

    assert Meeting.objects.count() == 2
    [standing] = AgendaItem.objects.filter(title=TITLE, removed=False)
    assert (standing.meeting, standing.recurs) == (before, False)
