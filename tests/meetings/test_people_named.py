"""Every document of a meeting names people with title and organisation, and who could not come by name."""

import pytest
from django.test import Client
from django.urls import reverse

from meetings.attendance import note_expected
from meetings.minutes.reading import draft_view
from meetings.minutes.shown import MinutesView
from meetings.models import CallAnswer, Meeting
from meetings.models.presence import AttendanceSpan
from meetings.participants import Newcomer, admit
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.base.documents.reading import word_text
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def titles(coordinator: Member, representative: Member, deputy: Member, outsider: Member, police: Organisation) -> None:
    for member, title in ((coordinator, "samordnare"), (representative, "enhetschef"), (outsider, "kurator")):
        Member.objects.filter(pk=member.pk).update(title=title)
        member.refresh_from_db()
    Member.objects.filter(pk=outsider.pk).update(organisation=police)


@pytest.fixture
def meeting(coordinator: Member) -> Meeting:
    meeting: Meeting = MeetingFactory(chair=coordinator, secretary=coordinator)
    return meeting


def begun(meeting: Meeting) -> Meeting:
    start_meeting(meeting, by=a_coordinator())
    note_expected(meeting, by=a_coordinator())
    return meeting


def sat(view: MinutesView, organisation: Organisation) -> str:
    return next(row.sat for row in view.attendance if row.organisation == str(organisation))


def test_the_minutes_say_what_each_is_and_for_whom(
    meeting: Meeting, outsider: Member, technical: Organisation, police: Organisation, coordinator: Member
) -> None:
    begun(meeting)
    admit(meeting, Newcomer(AttendanceSpan(outsider, "co_opted", first=9, last=9)), by=a_coordinator())

    told = draft_view(meeting)

    assert sat(told, technical) == "Omar Prov, enhetschef, ordinarie"
    assert told.guests == (("Adjungerad", f"Per Modell, kurator, {police}, punkt 9"),)
    assert ("Ordförande", f"{coordinator}, samordnare, {coordinator.organisation}") in told.facts


def test_who_could_not_come_is_named_beside_who_came_instead(
    meeting: Meeting, technical: Organisation, representative: Member, coordinator: Member
) -> None:
    CallAnswer.say(meeting, representative, "no", by=Actor.of(representative))
    told = draft_view(begun(meeting))

    assert sat(told, technical) == "Gun Prototyp, ersättare; Anmält förhinder: Omar Prov, enhetschef, ordinarie"


def test_an_organisation_that_nobody_comes_from_says_who_could_not(
    meeting: Meeting, technical: Organisation, representative: Member, deputy: Member
) -> None:
    for member in (representative, deputy):
        CallAnswer.say(meeting, member, "no", by=Actor.of(member))
    begun(meeting)

    excused = "Anmält förhinder: Omar Prov, enhetschef, ordinarie och Gun Prototyp, ersättare"
    assert sat(draft_view(meeting), technical) == excused


def test_the_agenda_names_them_too(meeting: Meeting, as_coordinator: Client, coordinator: Member) -> None:
    meeting.expect_organisations()
    paper = word_text(as_coordinator.get(reverse("meetings:agenda_word", args=[meeting.pk])).content)

    assert f"{coordinator}, samordnare, {coordinator.organisation}" in paper
    assert "Omar Prov, enhetschef" in paper
