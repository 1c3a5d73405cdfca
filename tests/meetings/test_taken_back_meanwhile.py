"""What is taken back in the moment when a meeting closes: either the minutes do not tell it, or it stands."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from base.records import NotAllowed
from issues.models import Action, Assignment, DoneReport, NilReport
from meetings.models import Meeting, Minutes
from members.actor import Actor
from members.models import Member, Organisation
from tests.at_once import at_once, waits_for_a_row
from tests.days import in_days
from tests.factories import ActionFactory, NilReportFactory, SeatFactory
from tests.meetings.meetings import under_way
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(coordinator: Member, representative: Member) -> Meeting:
    SeatFactory(member=coordinator)
    return under_way(coordinator)


def while_it_closes(meeting: Meeting, coordinator: Member, take_back: Callable[[], None]) -> Any:
    """What comes of taking back what the minutes tell, when they are written and not yet saved."""
    written = Event()

    def closes() -> None:
        with transaction.atomic():
            close(meeting, coordinator)
            written.set()
            waits_for_a_row()

    def takes_back() -> None:
        written.wait(10)
        take_back()

    closed, refusal = at_once(closes, takes_back)
    assert closed is None
    return refusal


def test_nothing_to_report_stands(meeting: Meeting, coordinator: Member, representative: Member) -> None:
    said = NilReportFactory(by=representative)

    refusal = while_it_closes(meeting, coordinator, lambda: said.withdraw(by=Actor.of(representative)))

    assert type(refusal) is NotAllowed
    assert "Beskedet står i minnesanteckningarna" in refusal.messages[0]
    assert NilReport.objects.filter(pk=said.pk).exists()


def test_an_answer_stands(
    meeting: Meeting, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    answered: Assignment = ActionFactory(title="Laga lampan", assignment__organisation=technical).current
    answered.accept(by=Actor.of(representative), planned=in_days(20))

    refusal = while_it_closes(meeting, coordinator, lambda: answered.withdraw_answer(by=Actor.of(representative)))

    assert type(refusal) is NotAllowed
    assert "Svaret står i minnesanteckningarna" in refusal.messages[0]
    assert "Laga lampan" in str(Minutes.objects.get().content)
    assert Assignment.objects.get().is_answered


def test_that_it_is_done_stands(
    meeting: Meeting, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    action: Action = ActionFactory(title="Laga lampan", assignment__organisation=technical)
    by = Actor.of(representative)
    action.current.accept(by=by, planned=in_days(20), at=timezone.now() - timedelta(days=1))
    Action.objects.get().finish(note="Bytt.", by=by)

    refusal = while_it_closes(meeting, coordinator, lambda: DoneReport.withdraw(Action.objects.get(), by=by))

    assert type(refusal) is NotAllowed
    assert "beskedet står i minnesanteckningarna" in refusal.messages[0]
    assert "Klar" in str(Minutes.objects.get().content)
    assert Action.objects.get().state == "done"
