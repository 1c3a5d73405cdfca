"""A meeting on paper that was entered by mistake is taken out of the register, and what stood there is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from base.records import Conflict, NotAllowed
from issues.models import AccessGrant, Event, Issue, Tombstone
from issues.restricting import restrict
from meetings.calling_off import reinstate
from meetings.deciding import decide
from meetings.models import AgendaItem, Decision, Meeting, Minutes
from meetings.on_paper import enter_meeting
from meetings.registry import mark_registered, take_back_registered
from meetings.removing import remove_entry
from meetings.reopening import unclose_meeting
from members.actor import Actor
from members.models import Member, NoticeCause
from tests.at_once import at_once
from tests.base.files.made import chosen
from tests.factories import IssueFactory
from tests.issues.restricted import WHY as SECRET
from tests.meetings.meetings import words
from tests.meetings.reopening import close, told
from tests.meetings.test_on_paper import days_ago, enter, organisations

__all__ = ["organisations"]

pytestmark = pytest.mark.django_db

WHY = "Inskrivet två gånger"


@pytest.fixture
def issue() -> Issue:
    issue: Issue = IssueFactory(title="Mörkt i tunneln")
    return issue


@pytest.fixture
def entered(issue: Issue, by: Actor) -> Meeting:
    """Two decisions, one of them about an issue. It can be undone no longer."""
    decisions = f"Nattvandringen fortsätter.\nVi frågar om lampan (ärende {issue.number})"
    meeting = enter_meeting(starts_at=days_ago(40), by=by, decisions=decisions).meeting
    return Meeting.objects.get(pk=meeting.pk)


@pytest.fixture(autouse=True)
def long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Meeting, "can_be_unclosed", False)


def address(meeting: Meeting) -> str:
    return reverse("meetings:remove", args=[meeting.pk])


def test_it_is_in_no_list_and_its_page_says_who_took_it_out_and_why(
    as_coordinator: Client, as_representative: Client, entered: Meeting, coordinator: Member
) -> None:
    page = words(as_coordinator.get(entered.get_absolute_url()))
    assert "Ta bort mötet …" in page

    after = words(as_coordinator.post(address(entered), {"why": WHY, "entry": entered.entry}, follow=True))

    assert "Mötet är borttaget. Ingen får något mejl." in after
    theirs = words(as_representative.get(entered.get_absolute_url()))
    assert "är borttaget ur registret." in theirs
    assert f"Borttaget av {coordinator}" in theirs
    assert f"{WHY}." in theirs
    assert ("inställt" in theirs, "planerat till" in theirs, "kan det ångras" in after) == (False,) * 3
    assert str(entered) not in words(as_coordinator.get(reverse("meetings:list")))
    assert "Nattvandringen fortsätter" not in words(as_representative.get(f"{reverse('search')}?q=Nattvandringen"))
    minutes = words(as_representative.get(reverse("meetings:minutes_detail", args=[entered.pk])))
    assert "Det som står här var inskrivet av misstag och gäller inte." in minutes
    assert "Nattvandringen fortsätter." in minutes
    assert NoticeCause.objects.count() == 0


def test_what_goes_and_what_stays_is_told_first(as_coordinator: Client, issue: Issue) -> None:
    enter(as_coordinator, files=chosen(), decisions=f"Nattvandringen fortsätter.\nVi väntar (ärende {issue.number})")
    meeting = Meeting.objects.get()

    page = words(as_coordinator.get(address(meeting)))

    assert "Två beslut gäller inte längre:" in page
    assert f"Beslut {meeting.day.year}-1. Nattvandringen fortsätter." in page
    assert "Det som var inskrivet och en bilaga går att läsa på mötets sida." in page
    as_coordinator.post(address(meeting), {"why": WHY, "entry": meeting.entry})
    assert "Borta.pdf" not in page
    assert meeting.appendices.get().name in words(as_coordinator.get(meeting.get_absolute_url()))


def test_its_decisions_leave_tombstones_and_the_issue_says_so(entered: Meeting, issue: Issue, by: Actor) -> None:
    numbers = [one.number for one in Decision.objects.order_by("pk")]
    assert list(AgendaItem.objects.discussions_of(issue))

    remove_entry(entered, why=WHY, by=by)

    assert not Decision.with_struck.exists()
    assert [*Tombstone.objects.order_by("pk").values_list("number", flat=True)] == numbers
    said = "är borttaget ur registret, där det var inskrivet av misstag; beslutet gäller inte."
    assert told("Mörkt i tunneln")[-1].endswith(said)
    assert not AgendaItem.objects.discussions_of(issue)
    standing = Event.objects.filter(issue=issue).standing()
    assert Event.Kind.DECIDED not in standing.values_list("kind", flat=True)
    again = enter_meeting(starts_at=days_ago(40), by=by, decisions="Nattvandringen fortsätter.").meeting
    assert str(again) == str(Meeting.objects.get(pk=again.pk)) == f"{entered}"  # the time tells none apart
    assert Decision.objects.get().number not in numbers


def test_nothing_of_it_waits_for_another_meeting(entered: Meeting, by: Actor) -> None:
    remove_entry(entered, why=WHY, by=by)

    coming = Meeting.plan(starts_at=days_ago(-9), by=by)

    assert not coming.items.exists()
    assert coming.previous() is None


def test_a_reason_is_asked_for(as_coordinator: Client, entered: Meeting) -> None:
    page = words(as_coordinator.post(address(entered), {"why": "", "entry": entered.entry}))

    assert "Skriv varför mötet tas bort." in page
    entered.refresh_from_db()
    assert entered.is_closed


def test_one_that_is_registered_stays_until_that_is_taken_back(
    as_coordinator: Client, entered: Meeting, by: Actor
) -> None:
    minutes = Minutes.objects.get()
    mark_registered(minutes, by=by)

    page = words(as_coordinator.post(address(entered), {"why": WHY, "entry": entered.entry}))

    assert "Mötet kan inte tas bort, för version 1 är registrerad i diariet. Ta tillbaka markeringen först." in page
    assert WHY in page
    take_back_registered(minutes, by=by)
    remove_entry(entered, why=WHY, by=by)
    assert entered.is_cancelled


def test_one_that_ended_what_somebody_says_remains_stays(issue: Issue, by: Actor, coordinator: Member) -> None:
    meeting = enter_meeting(starts_at=days_ago(40), by=by, decisions=f"Vi ser (ärende {issue.number})").meeting
    unclose_meeting(meeting, by=by)
    ending: dict[str, Any] = {"kind": "close", "outcome": "solved", "feedback": "Det lyser."}
    decide(AgendaItem.objects.get(meeting=meeting, issue=issue), by=by, **ending)
    close(meeting, coordinator)
    issue.refresh_from_db()
    issue.record(Event.Kind.REMAINS, by=by, text="Det är mörkt än.")

    with pytest.raises(NotAllowed, match="någon har svarat att problemet kvarstår"):
        remove_entry(meeting, why=WHY, by=by)

    assert Decision.objects.count() == 2


def test_one_that_was_held_in_the_register_is_not_taken_out(as_coordinator: Client, closed: Meeting, by: Actor) -> None:
    with pytest.raises(NotAllowed):
        remove_entry(closed, why=WHY, by=by)
    page = words(as_coordinator.get(address(closed), follow=True))
    assert "Mötet hölls i registret och tas inte bort." in page
    assert "Ta bort mötet" not in page


def test_it_does_not_come_back(as_coordinator: Client, entered: Meeting, by: Actor) -> None:
    remove_entry(entered, why=WHY, by=by)

    with pytest.raises(NotAllowed, match="Skriv in det på nytt"):
        reinstate(entered, by=by)
    page = words(as_coordinator.post(address(entered), {"why": WHY, "entry": entered.entry}, follow=True))
    assert "Mötet är borttaget ur registret" in page


def test_what_is_restricted_in_it_is_told_to_those_named_alone(
    as_coordinator: Client, entered: Meeting, issue: Issue, by: Actor, representative: Member
) -> None:
    restrict(issue, reason=SECRET, named=[representative.pk], by=by)
    AccessGrant.objects.filter(member=by.member).delete()

    page = words(as_coordinator.get(address(entered)))
    remove_entry(entered, why=WHY, by=by)

    assert ("Ett beslut gäller inte längre:" in page, "lampan" in page, "tunneln" in page) == (True, False, False)
    assert Tombstone.objects.count() == 2
    for stone in Tombstone.objects.all():
        found = words(as_coordinator.get(reverse("search"), {"q": f"beslut {stone.number}"}))
        assert (stone.text in found, "lampan" in found) == (False, False)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_it_out_at_once_do_it_once(entered: Meeting, by: Actor) -> None:
    def takes() -> object:
        return remove_entry(Meeting.objects.get(pk=entered.pk), why=WHY, by=by)

    ended = at_once(takes, takes)

    assert sorted(type(each).__name__ for each in ended) == [Conflict.__name__, "NoneType"]
    assert Tombstone.objects.count() == 2
