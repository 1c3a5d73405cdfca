"""What runs on is never late: past its day it is to be reviewed, in one step and without a reason."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from base.swedish.said_days import SaidDay
from base.swedish.words import day_and_month
from base.swedish.working_days import is_working_day
from issues.models import ATTENTION, OVERDUE, Action, ActionStatus, DateChange
from issues.texts.action import action_state
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.people import signed_in

FIRST = SaidDay(in_days(9), "running", "tills vidare")


@pytest.fixture
def running(technical: Organisation, representative: Member) -> Action:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=FIRST)
    return stored(action)


def stored(action: Action) -> Action:
    return Action.objects.get(pk=action.pk)


def test_past_its_day_it_is_to_be_reviewed_and_not_late(running: Action) -> None:
    days = [FIRST.last, FIRST.last + timedelta(days=1)]

    assert [running.status_on(day) for day in days] == [ActionStatus.UNDER_WAY, ActionStatus.REVIEW]
    for day, status in zip(days, [ActionStatus.UNDER_WAY, ActionStatus.REVIEW], strict=True):
        assert list(Action.objects.in_status([status], day)) == [running]
    assert (ActionStatus.REVIEW in ATTENTION, ActionStatus.REVIEW in OVERDUE) == (True, False)


def test_it_is_told_for_how_long_it_should_have_been_reviewed(running: Action) -> None:
    sentence = action_state(running, FIRST.last + timedelta(days=3))

    assert str(sentence) == "Skulle ha stämts av för 3 dagar sedan. Tekniska förvaltningen, tills vidare."
    assert sentence.words == "Ska stämmas av"


def test_a_review_goes_on_to_the_next_day_in_the_same_words(as_representative: Client, running: Action) -> None:
    typed = {"avstamning-old": FIRST.last.isoformat(), "avstamning-review": in_days(90).isoformat()}

    response = as_representative.post(reverse("issues:action_review", args=[running.pk]), typed)

    assert response["Location"] == running.get_absolute_url()
    assert stored(running).current.planned_day == SaidDay(in_days(90), "running", "tills vidare")
    assert str(running.issue.events.get(kind="date_changed")).startswith("Avstämd: ”Laga belysningen”, tills vidare, ")


def test_the_next_review_that_is_suggested_is_a_working_day(as_representative: Client, running: Action) -> None:
    page = as_representative.get(running.get_absolute_url())

    (suggested,) = (form["review"].value() for form in page.context["progress"] if form.prefix == "avstamning")
    assert suggested > today() + timedelta(days=180)
    assert is_working_day(suggested)


@pytest.mark.parametrize("note", ["", "Går bra."])
@pytest.mark.parametrize("ends", [FIRST.last, in_days(30)])
def test_what_no_longer_runs_on_is_not_reviewed(
    as_representative: Client, representative: Member, running: Action, ends: date, note: str
) -> None:
    by = Actor.of(representative)
    DateChange.make(running.current, old=FIRST.last, new=ends, reason="Klart till dess.", by=by)
    typed = {"old": ends.isoformat(), "review": in_days(90).isoformat(), "note": note}
    fields = {f"avstamning-{name}": value for name, value in typed.items()}

    page = as_representative.post(reverse("issues:action_review", args=[running.pk]), fields).content.decode()

    promised = f"planerat klart {day_and_month(ends, today=date.min)}"
    assert f"Det löper inte längre, utan är {promised}. Inget är avstämt." in page
    assert stored(running).current.planned_day == SaidDay(ends)


def test_the_second_who_reviews_it_is_told_when_it_is_reviewed_next(
    as_representative: Client, deputy: Member, running: Action
) -> None:
    typed = {"avstamning-old": FIRST.last.isoformat(), "avstamning-review": in_days(90).isoformat()}
    address = reverse("issues:action_review", args=[running.pk])
    as_representative.post(address, typed)

    page = signed_in(deputy).post(address, typed).content.decode()

    reviewed = day_and_month(in_days(90), today=date.min)
    assert f"Det är redan tills vidare, stäms av {reviewed}. Välj en annan dag om det ska ändras." in page
    assert DateChange.objects.count() == 1


def test_what_has_an_end_is_not_reviewed_but_moved_with_a_reason(
    technical: Organisation, representative: Member
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    action.current.accept(by=Actor.of(representative), planned=FIRST.last)

    with pytest.raises(IntegrityError, match="date_change_has_a_reason"), transaction.atomic():
        DateChange.make(action.current, old=FIRST.last, new=in_days(30), reason="", by=Actor.of(representative))
