"""Laget runt tells calm apart from silence: in the room, in the minutes and in what is frozen of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.records import NotAllowed
from base.swedish.words import day_and_month
from issues.models import NilReport, Observation
from meetings.minutes.editions import Edition
from meetings.minutes.reading import draft_view, frozen_view
from meetings.models import Meeting, Minutes
from meetings.reopening import unclose_meeting
from meetings.round import Round
from meetings.texts.meeting import round_summary
from members.actor import Actor
from members.models import Member, Organisation
from tests.acting import a_coordinator
from tests.days import in_days, today
from tests.factories import MeetingFactory, NilReportFactory, ObservationFactory
from tests.meetings.meetings import under_way, words
from tests.meetings.reopening import close

pytestmark = pytest.mark.django_db

TWELFTH = timezone.now() - timedelta(days=5)


@pytest.fixture
def meeting(coordinator: Member, representative: Member, officer: Member, housing: Organisation) -> Meeting:
    """The police have reported, Tekniska has nothing to report, the others have said nothing since the last meeting."""
    before = timezone.now() - timedelta(days=20)
    MeetingFactory(chair=coordinator, starts_at=before, state=Meeting.State.CLOSED, closed_at=before)
    ObservationFactory(reporter=officer, organisation=officer.organisation)
    NilReportFactory(by=representative, first_day=in_days(-19), created_at=TWELFTH)
    return under_way(coordinator)


def sentences(view: object) -> tuple[str, ...]:
    (around,) = (heading for heading in view.headings if "laget runt" in heading.title)  # type: ignore[attr-defined]
    return around.sentences  # type: ignore[no-any-return]


def said_on() -> str:
    """As a document writes it: the day without a year."""
    [nil] = Round.of(Meeting.objects.latest("pk")).calm
    assert nil.nil
    return nil.nil.span.split("–")[-1]


def test_the_minutes_tell_who_has_nothing_to_report_and_who_has_said_nothing(meeting: Meeting) -> None:
    assert sentences(draft_view(meeting)) == (
        "Nya observationer sedan förra mötet: Polisen 1.",
        f"Inget att rapportera: Tekniska förvaltningen ({said_on()}).",
        "Har inte rapporterat: Höglandets räddningstjänstförbund och Witalabostäder AB.",
    )


def reject_all() -> None:
    for observation in Observation.objects.all():
        observation.reject(reason="Dubblett", by=a_coordinator())


def test_one_whose_reports_were_all_rejected_has_reported_without_a_number(
    meeting: Meeting, representative: Member, officer: Member
) -> None:
    reject_all()

    assert sentences(draft_view(meeting))[0] == "Har rapporterat: Polisen."
    assert (round_summary(Round.of(meeting)), Round.of(meeting).reporting, Round.of(meeting).size) == (
        "Inga nya observationer sedan förra mötet. Har rapporterat: Polisen.",
        1,
        4,
    )

    ObservationFactory(reporter=representative)
    assert sentences(draft_view(meeting))[:2] == (
        "Nya observationer sedan förra mötet: Tekniska förvaltningen 1.",
        "Har också rapporterat: Polisen.",
    )
    summary = "En organisation har rapporterat en observation sedan förra mötet. Har också rapporterat: Polisen."
    assert round_summary(Round.of(meeting)) == summary


def test_what_was_said_when_the_meeting_closed_stands_in_its_minutes(meeting: Meeting, coordinator: Member) -> None:
    close(meeting, coordinator)
    frozen = sentences(frozen_view(Edition.of(Minutes.objects.get())))
    nil = NilReportFactory(
        by=coordinator, organisation=Organisation.objects.get(name="Witalabostäder AB"), first_day=in_days(-9)
    )

    assert nil.organisation in [each.organisation for each in Round.of(meeting).calm]
    assert sentences(frozen_view(Edition.of(Minutes.objects.get()))) == frozen
    assert frozen[2] == "Har inte rapporterat: Höglandets räddningstjänstförbund och Witalabostäder AB."


def test_the_room_tells_it_and_marks_one_that_says_so_at_the_table(
    as_coordinator: Client, meeting: Meeting, housing: Organisation
) -> None:
    item = meeting.items.get(heading__key="round")
    page = as_coordinator.get(item.get_absolute_url())
    assert f"Inget att rapportera: Tekniska förvaltningen ({said_on()})." in words(page)
    assert "Har inte rapporterat Höglandets räddningstjänstförbund" in words(page)

    days = {"first_day": in_days(-19).isoformat(), "last_day": today().isoformat()}
    shown = page.content.decode()
    address = reverse("meetings:nothing_to_report", args=[item.pk, housing.pk])
    assert all(value in shown for value in (*days.values(), address))
    typed = days | {"channel": "meeting", "back": item.get_absolute_url()}
    response = as_coordinator.post(address, typed, follow=True)

    assert response.redirect_chain == [(item.get_absolute_url(), 302)]
    assert [(str(each.organisation), each.channel) for each in NilReport.objects.filter(by=meeting.chair)] == [
        ("Witalabostäder AB", "meeting")
    ]
    assert [str(each.organisation) for each in Round.of(meeting).silent] == ["Höglandets räddningstjänstförbund"]


def test_a_representative_is_offered_her_own_organisation_alone(
    as_representative: Client, representative: Member, meeting: Meeting
) -> None:
    NilReport.objects.get().discard(by=Actor.of(representative))

    page = as_representative.get(meeting.items.get(heading__key="round").get_absolute_url()).content.decode()

    offered = [f"/rapportera/inget/{each.organisation.pk}/" in page for each in Round.of(meeting).silent]
    assert offered == [False, True, False]  # by name: Höglandets, Tekniska, Witalabostäder


def say(organisation: Organisation | None, by: Member) -> NilReport:
    assert organisation
    return NilReport.give(organisation, first_day=in_days(-9), last_day=today(), by=Actor.of(by))


def test_what_the_minutes_tell_stands_until_the_closing_is_undone(
    meeting: Meeting, coordinator: Member, housing: Organisation
) -> None:
    nil = say(housing, coordinator)
    close(meeting, coordinator)
    told = f"Beskedet står i minnesanteckningarna från mötet {day_and_month(today(), today=today())}, så det står fast."

    with pytest.raises(NotAllowed, match=f"{told} Rapportera om något har hänt: rapporten räknas."):
        nil.withdraw(by=Actor.of(coordinator))
    assert NilReport.objects.filter(pk=nil.pk).exists()

    unclose_meeting(meeting, by=Actor.of(coordinator))
    nil.withdraw(by=Actor.of(coordinator))
    assert not NilReport.objects.filter(pk=nil.pk).exists()


def test_what_no_minutes_tell_can_be_withdrawn(
    meeting: Meeting, coordinator: Member, officer: Member, housing: Organisation
) -> None:
    of_one_that_has_reported = say(officer.organisation, officer)
    close(meeting, coordinator)
    after_the_closing = say(housing, coordinator)

    for nil in (of_one_that_has_reported, after_the_closing):
        nil.withdraw(by=Actor.of(coordinator))

    assert [str(each.organisation) for each in NilReport.objects.all()] == ["Tekniska förvaltningen"]
