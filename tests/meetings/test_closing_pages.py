"""The end of a meeting: what is foreseen, that it happens once, and the minutes that are read afterwards."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.clock import SKIPPED
from base.swedish.words import swedish_day
from issues.models import AccessGrant, Action, Assignment, Counter, Issue
from meetings.attendance import note_expected
from meetings.deciding import decide, propose_action, withdraw
from meetings.models import AgendaItem, Decision, Meeting, Minutes
from members.actor import Actor
from members.models import Group, Member, Organisation
from tests.acting import a_coordinator
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, MeetingFactory, ObservationFactory, reopened
from tests.meetings.meetings import item_of, under_way, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(coordinator: Member, representative: Member, technical: Organisation) -> Meeting:
    """One action decided, one issue to close that a representative reported on, one topic not yet spoken of."""
    titles = ("Mörkt i tunneln", "Trasigt räcke", "Skräp i parken")
    dark, railing, _ = [IssueFactory(title=title, opened_by=coordinator) for title in titles]
    ObservationFactory(reporter=representative, issue=railing, state="attached")
    meeting = under_way(coordinator)
    propose_action(item_of(meeting, dark.title), by=Actor.of(coordinator), title="Laga lampan", organisation=technical)
    closing: dict[str, Any] = {"kind": "close", "outcome": "solved", "feedback": "Räcket är lagat."}
    decide(item_of(meeting, railing.title), by=Actor.of(coordinator), **closing)
    return meeting


def address(meeting: Meeting) -> str:
    return reverse("meetings:close", args=[meeting.pk])


def minutes_of(meeting: Meeting) -> str:
    return reverse("meetings:minutes_detail", args=[meeting.pk])


def test_what_will_happen_is_foreseen(as_coordinator: Client, meeting: Meeting) -> None:
    note_expected(meeting, by=a_coordinator())

    page = words(as_coordinator.get(address(meeting)))

    assert "En åtgärd föreslås och ett ärende avslutas när mötet avslutas." in page
    assert "En åtgärd föreslås Laga lampan , till Tekniska förvaltningen" in page
    assert "Ett ärende avslutas Trasigt räcke , åtgärdat ”Räcket är lagat.” går till en person" in page
    assert "Två punkter är behandlade 6.1 Mörkt i tunneln 6.2 Trasigt räcke En punkt kommer tillbaka nästa gång" in page
    assert "Den är inte markerad som behandlad. 6.3 Skräp i parken" in page


def test_where_the_next_meeting_will_be_is_said_beside_its_day(as_coordinator: Client, meeting: Meeting) -> None:
    Meeting.objects.update(place="Sessionssalen")
    note_expected(meeting, by=a_coordinator())

    assert "Platsen blir Sessionssalen. Töm fältet om tiden inte är bestämd." in words(
        as_coordinator.get(address(meeting))
    )


def test_what_is_dealt_with_is_counted_as_the_meeting_counts_it(as_coordinator: Client, meeting: Meeting) -> None:
    item_of(meeting, "Öppnande och närvaro").mark_discussed(by=a_coordinator())
    AgendaItemFactory(meeting=meeting, title="Nattvandring").mark_discussed(by=a_coordinator())

    assert "Fyra av 15 punkter är behandlade." in words(as_coordinator.get(meeting.get_absolute_url()))
    assert "Fyra punkter är behandlade 1 Öppnande och närvaro 6.1 Mörkt" in words(as_coordinator.get(address(meeting)))


def test_a_meeting_held_before_its_day_may_be_followed_by_one_before_that_day(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    note_expected(meeting, by=a_coordinator())
    Meeting.objects.update(starts_at=timezone.now() + timedelta(days=40))
    day = timezone.localdate() + timedelta(days=20)
    Counter.objects.create(series=Counter.Series.MEETING, year=day.year, last=99_000)  # the number is free

    as_coordinator.post(address(meeting), {"day": day.isoformat(), "starts": "13:00"})

    assert timezone.localdate(Meeting.objects.coming().get().starts_at) == day


@pytest.mark.parametrize(
    ("sources", "goes"),
    [
        ([], "står bara på ärendets sida, för ingen har rapporterat om det."),
        (["resident"], "går till en person från Polisen som har rapporterat om det."),
        (["resident", "own"], "går till en person från Polisen som har rapporterat om det."),
    ],
)
def test_who_reads_the_feedback_is_everyone_who_logged_something(
    as_coordinator: Client, coordinator: Member, officer: Member, meeting: Meeting, sources: list[str], goes: str
) -> None:
    park = Issue.objects.get(title="Skräp i parken")
    for source in sources:
        ObservationFactory(reporter=officer, issue=park, state="attached", source=source)
    ending: dict[str, Any] = {"kind": "close", "outcome": "solved", "feedback": "Det är städat."}
    decide(item_of(meeting, park.title), by=Actor.of(coordinator), **ending)

    page = words(as_coordinator.get(address(meeting)))

    assert f"”Det är städat.” {goes}" in page
    assert "”Räcket är lagat.” går till en person från Tekniska förvaltningen som har rapporterat om det." in page


@pytest.mark.parametrize("days", [None, -3, 5])
def test_the_day_to_answer_by_is_foreseen_as_it_becomes(
    as_coordinator: Client, meeting: Meeting, days: int | None
) -> None:
    note_expected(meeting, by=a_coordinator())
    today = timezone.localdate()
    Assignment.objects.update(answer_due=None if days is None else today + timedelta(days=days))

    page = words(as_coordinator.get(address(meeting)))
    as_coordinator.post(address(meeting), {})

    asked = Assignment.objects.get()
    assert asked.answer_due == (today + timedelta(days=5) if days == 5 else Group.current().answer_due())
    assert f"Svar senast {swedish_day(asked.answer_due, today=today)}. Mörkt i tunneln." in page


def test_decisions_in_words_are_other_ones_only_beside_what_they_are_other_than(
    as_coordinator: Client, coordinator: Member, meeting: Meeting
) -> None:
    note_expected(meeting, by=a_coordinator())
    park = item_of(meeting, "Skräp i parken")
    for text in ("Vi ses på plats.", "Vi frågar skolan."):
        decide(park, by=Actor.of(coordinator), text=text)
    beside = words(as_coordinator.get(address(meeting)))
    for decision in Decision.objects.exclude(kind="other"):
        withdraw(decision, by=Actor.of(coordinator))

    page = words(as_coordinator.get(address(meeting)))

    assert "En åtgärd föreslås, ett ärende avslutas och två andra beslut fattas när mötet avslutas." in beside
    assert "Två beslut fattas när mötet avslutas." in page
    assert "Övriga beslut" not in page


def test_a_page_does_not_say_that_nothing_is_decided_to_one_who_may_not_know(
    as_coordinator: Client, coordinator: Member, representative: Member, technical: Organisation
) -> None:
    hidden = IssueFactory(title="Hemligt", restricted=True)
    AccessGrant.objects.create(issue=hidden, member=representative)
    meeting = under_way(coordinator)
    note_expected(meeting, by=a_coordinator())
    item = AgendaItemFactory(meeting=meeting, title="Hemligt", issue=hidden, under="new_issues")
    propose_action(item, by=Actor.of(representative), title="Laga lampan", organisation=technical)

    page = words(as_coordinator.get(address(meeting)))

    assert "Mötet kan avslutas. Läs utkastet till minnesanteckningar Mejl Minnesanteckningarna mejlas till" in page


def test_what_is_missing_is_said(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.get(address(meeting)))

    assert "Närvaron är inte klar" in page
    assert "2 organisationer är inte noterade." in page


def test_the_next_meeting_is_foreseen_on_a_day_that_is_not_free_and_says_why(
    as_coordinator: Client, meeting: Meeting
) -> None:
    note_expected(meeting, by=a_coordinator())
    Meeting.objects.update(starts_at="2098-11-26T12:00Z", started_at="2098-11-26T12:00Z")

    response = as_coordinator.get(address(meeting))

    assert response.context["form"]["day"].value() == date(2098, 12, 17)
    assert "onsdag 17 december 2098, eftersom fjärde onsdagen i månaden är julafton." in words(response)


def test_a_next_meeting_that_is_planned_is_told_and_not_asked_for(as_coordinator: Client, meeting: Meeting) -> None:
    MeetingFactory(starts_at=meeting.starts_at + timedelta(days=9), place="Rådhuset")

    page = words(as_coordinator.get(address(meeting)))

    assert "Nästa möte är planerat:" in page
    assert "Rådhuset" in page


def test_a_next_meeting_that_was_planned_meanwhile_is_told_before_the_typed_one_is_dropped(
    as_coordinator: Client, meeting: Meeting
) -> None:
    note_expected(meeting, by=a_coordinator())
    coming = timezone.now() + timedelta(weeks=3)
    MeetingFactory(starts_at=coming)
    typed = {"day": (coming + timedelta(weeks=1)).date().isoformat(), "starts": "13:00"}

    page = words(as_coordinator.post(address(meeting), typed))

    assert "Nästa möte har planerats medan sidan låg öppen" in page
    meeting.refresh_from_db()
    assert meeting.is_under_way

    as_coordinator.post(address(meeting))
    meeting.refresh_from_db()
    assert meeting.is_closed


def test_closing_writes_back_and_shows_the_minutes(as_coordinator: Client, meeting: Meeting) -> None:
    note_expected(meeting, by=a_coordinator())
    day = timezone.localdate(meeting.starts_at) + timedelta(weeks=4)

    response = as_coordinator.post(address(meeting), {"day": day.isoformat(), "starts": "13:00"}, follow=True)

    assert response.redirect_chain[-1][0] == minutes_of(meeting)
    assert Action.objects.get().state == Action.State.PROPOSED
    assert Issue.objects.get(title="Trasigt räcke").is_closed
    assert timezone.localtime(Meeting.objects.coming().get().starts_at).date() == day
    page = words(response)
    assert f"Beslut {meeting.year}-1: Gruppen föreslår Tekniska förvaltningen att laga lampan." in page
    assert "Återkoppling: ”Räcket är lagat.”" in page
    assert "Höglandets räddningstjänstförbund Vakant" in page
    assert "Tekniska förvaltningen Omar Prov, ordinarie" in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"day": "2020-01-01", "starts": "13:00"}, "Den dagen har redan varit."),
        ({"day": "snart", "starts": "13:00"}, "Skriv datumet som 2026-11-25."),
        ({"day": "2099-01-01", "starts": ""}, "Skriv när nästa möte börjar."),
        ({"day": "2099-03-29", "starts": "02:30"}, SKIPPED),
    ],
)
def test_a_next_meeting_that_cannot_be_is_said_and_nothing_closes(
    as_coordinator: Client, meeting: Meeting, typed: dict[str, str], sentence: str
) -> None:
    note_expected(meeting, by=a_coordinator())

    page = words(as_coordinator.post(address(meeting), typed))

    assert sentence in page
    meeting.refresh_from_db()
    assert meeting.is_under_way


def test_a_meeting_does_not_close_before_everyone_is_noted(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.post(address(meeting), {}))

    assert "Notera närvaron för Höglandets räddningstjänstförbund, Tekniska förvaltningen" in page
    assert "Närvaron är inte klar" in page


def test_a_decision_that_cannot_be_carried_out_is_named(as_coordinator: Client, meeting: Meeting) -> None:
    note_expected(meeting, by=a_coordinator())
    ActionFactory(issue=Issue.objects.get(title="Trasigt räcke"))

    page = words(as_coordinator.post(address(meeting), {}))

    assert "Beslutet ”Gruppen avslutar ärendet: åtgärdat.” kan inte verkställas: Åtgärder är öppna." in page
    assert "Stryk det och skriv ett nytt." in page
    assert Action.objects.get(title="Laga lampan").state == Action.State.DRAFT


def test_who_closes_second_is_told_who_was_first(
    as_coordinator: Client, as_representative: Client, meeting: Meeting, representative: Member
) -> None:
    note_expected(meeting, by=a_coordinator())
    meeting.change(by=a_coordinator(), secretary=representative)
    as_coordinator.post(address(meeting), {})

    again = as_representative.post(address(meeting), {"day": "2019-01-01"}, follow=True)

    assert again.redirect_chain == [(meeting.get_absolute_url(), 302)]
    (message,) = again.context["messages"]
    assert str(message).startswith("Mötet är avslutat (Maja Exempel, i dag ")
    assert minutes_of(meeting) in again.content.decode()
    assert Minutes.objects.count() == 1


def test_what_is_restricted_is_neither_foreseen_nor_written(
    as_coordinator: Client, coordinator: Member, representative: Member, meeting: Meeting
) -> None:
    hidden = IssueFactory(title="Hemligt", restricted=True)
    AccessGrant.objects.create(issue=hidden, member=representative)
    item = AgendaItemFactory(meeting=meeting, title="Hemligt", issue=hidden, under="new_issues")
    decide(item, by=Actor.of(representative), text="Hemligt beslut")
    note_expected(meeting, by=a_coordinator())

    assert "Hemligt" not in words(as_coordinator.get(address(meeting)))
    as_coordinator.post(address(meeting), {})
    assert "Hemligt" not in str(Minutes.objects.get().content)


def test_a_draft_of_the_minutes_is_marked_and_for_those_who_write(
    as_coordinator: Client, as_representative: Client, meeting: Meeting
) -> None:
    assert "Utkast" in words(as_coordinator.get(minutes_of(meeting)))
    assert as_representative.get(minutes_of(meeting)).status_code == 404


def test_a_heading_that_was_not_reached_is_left_out_of_the_minutes(as_coordinator: Client, meeting: Meeting) -> None:
    page = words(as_coordinator.get(minutes_of(meeting)))

    assert "Inget att ta upp" not in page
    assert "8. Remisser" not in page
    assert "6. Nya ärenden" in page

    item_of(meeting, "Remisser").mark_discussed(by=a_coordinator())

    assert "8. Remisser Inget att ta upp." in words(as_coordinator.get(minutes_of(meeting)))


def test_the_minutes_tell_the_day_when_the_meeting_was_held(as_coordinator: Client, meeting: Meeting) -> None:
    Meeting.objects.update(started_at="2026-11-22T12:00Z")

    assert "Söndag 22 november 2026, 13.00" in words(as_coordinator.get(minutes_of(meeting)))


def test_the_minutes_are_what_was_frozen_and_not_what_is_now(
    as_coordinator: Client, as_reader: Client, meeting: Meeting
) -> None:
    note_expected(meeting, by=a_coordinator())
    as_coordinator.post(address(meeting), {})
    Issue.objects.filter(title="Mörkt i tunneln").update(title="Ett annat namn")
    with reopened(meeting):
        AgendaItem.objects.filter(title="Mörkt i tunneln").update(title="Ett annat namn", note="Efteråt")

    page = words(as_reader.get(minutes_of(meeting)))

    assert "Mörkt i tunneln" in page
    assert "Ett annat namn" not in page
    assert "Efteråt" not in page
