"""A year of meetings: how each organisation was there, and what each decision has become."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month
from issues.models import Action, Issue
from issues.restricting import restrict
from meetings.deciding import decide, propose_action
from meetings.models import Meeting, OrganisationAtMeeting, Presence
from meetings.models.presence import AttendanceSpan
from meetings.starting import start_meeting
from meetings.texts.year import picture_words, was_there
from meetings.turnout import Turnout
from meetings.year import attendance_of
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import workbook_rows
from tests.days import in_days
from tests.factories import IssueFactory, MeetingFactory, OrganisationFactory
from tests.issues.restricted import WHY
from tests.meetings.meetings import item_of, words
from tests.meetings.reopening import close

State, Capacity = OrganisationAtMeeting.State, Presence.Capacity


Noted = tuple[str, list[AttendanceSpan]]
THIS_YEAR = timezone.localdate().year
"""The pages tell of it as it is; a test that runs over New Year's night holds for the year it began in."""


def held(coordinator: Member, noted: dict[str, Noted] | None = None, *, days_ago: int = 0) -> Meeting:
    """A meeting that has closed; `noted` is how organisations were there, by their names. Others were absent."""
    when = timezone.now() - timedelta(days=days_ago)
    meeting: Meeting = MeetingFactory(chair=coordinator, starts_at=when)
    start_meeting(meeting, by=Actor.of(coordinator), at=when)
    for name, (state, spans) in (noted or {}).items():
        row = OrganisationAtMeeting.objects.get(meeting=meeting, organisation__name__iexact=name)
        row.note(state=state, by=Actor.of(coordinator), spans=spans)
    close(meeting, coordinator, at=when + timedelta(hours=2))
    return meeting


def here(*spans: AttendanceSpan) -> Noted:
    return State.REPRESENTED, list(spans)


def year_page(client: Client, year: int = THIS_YEAR, file: str = "") -> Any:
    return client.get(reverse(f"meetings:year{file}", args=[year]))


def test_each_organisation_is_told_meeting_by_meeting(
    coordinator: Member, representative: Member, deputy: Member, police: Organisation
) -> None:
    omar, gun = AttendanceSpan(representative, Capacity.ORDINARY), AttendanceSpan(deputy, Capacity.DEPUTY)
    left = AttendanceSpan(representative, Capacity.ORDINARY, last=3)
    meetings = [
        held(coordinator, {"Tekniska förvaltningen": here(omar), "Polisen": (State.EXCUSED, [])}),
        held(coordinator, {"Tekniska förvaltningen": here(gun), "Polisen": (State.VACANT, [])}),
        held(coordinator, {"Tekniska förvaltningen": here(left, replace(gun, first=4))}),
    ]
    late = OrganisationFactory(name="Kulturförvaltningen")
    meetings.append(held(coordinator))

    table = {str(row.organisation): row for row in attendance_of(meetings)}
    technical = table["Tekniska förvaltningen"]
    assert [came for _, came in technical.meetings] == [
        Turnout.ORDINARY,
        Turnout.DEPUTY,
        Turnout.ORDINARY,
        Turnout.ABSENT,
    ]
    assert (was_there(technical), technical.counts[Turnout.DEPUTY]) == ("3 av 4 möten", 1)
    assert [came for _, came in table["Polisen"].meetings][:3] == [Turnout.EXCUSED, Turnout.VACANT, Turnout.ABSENT]
    assert [came for _, came in table[str(late)].meetings] == [*[Turnout.OUTSIDE] * 3, Turnout.ABSENT]
    assert (table[str(late)].invited, was_there(table[str(late)])) == (1, "0 av 1 möte")
    day = day_and_month(timezone.localdate(), today=timezone.localdate())
    assert picture_words(technical).startswith(f"{day} ordinarie, {day} ersättare, ")


def test_one_who_came_for_it_without_a_seat_is_neither(coordinator: Member, technical: Organisation) -> None:
    somebody = AttendanceSpan(None, Capacity.NONE, name="Bo Ek")

    table = attendance_of([held(coordinator, {"Tekniska förvaltningen": here(somebody)})])

    [row] = [row for row in table if row.organisation == technical]
    assert [came for _, came in row.meetings] == [Turnout.OTHER]
    assert was_there(row) == "1 av 1 möte"


def test_what_was_decided_says_what_it_has_become(
    as_representative: Client, coordinator: Member, technical: Organisation
) -> None:
    lamp, secret = (IssueFactory(title=title, state=Issue.State.OPEN) for title in ("Lampan", "Källaren"))
    meeting: Meeting = MeetingFactory(chair=coordinator, starts_at=timezone.now())
    by = Actor.of(coordinator)
    start_meeting(meeting, by=by)
    propose_action(item_of(meeting, "Lampan"), by=by, title="Laga lampan", organisation=technical)
    decide(item_of(meeting, "Källaren"), by=by, kind="pause", text="Hemligt.")
    close(meeting, coordinator)
    Action.objects.with_current().get(title="Laga lampan").current.accept(by=by, planned=in_days(3))
    restrict(secret, reason=WHY, named=[], by=by)

    page = words(year_page(as_representative))
    assert f"Ett möte och ett beslut hittills {THIS_YEAR}." in page
    decided = "Gruppen föreslog Tekniska förvaltningen att laga lampan."
    assert f"{decided} Åtar sig, planerat klart " in page
    assert "Hemligt" not in page
    [head, row] = list(
        csv.reader(io.StringIO(year_page(as_representative, file="_csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert head[:3] == ["Beslut", "Möte", "Punkt"]
    assert row[2:5] == ["Lampan", lamp.number, decided]
    assert row[5].startswith("Åtar sig, planerat klart ")


def test_what_is_restricted_stands_on_the_page_of_who_is_named_and_in_no_file(
    as_coordinator: Client, coordinator: Member
) -> None:
    secret = IssueFactory(title="Källaren", state=Issue.State.OPEN)
    meeting: Meeting = MeetingFactory(chair=coordinator, starts_at=timezone.now())
    start_meeting(meeting, by=Actor.of(coordinator))
    decide(item_of(meeting, "Källaren"), by=Actor.of(coordinator), kind="pause", text="Hemligt.")
    close(meeting, coordinator)
    restrict(secret, reason=WHY, named=[], by=Actor.of(coordinator))

    assert "Hemligt" in words(year_page(as_coordinator))
    assert len(workbook_rows(year_page(as_coordinator, file="_excel").content)) == 1


def test_only_the_years_of_meetings_and_this_one_have_a_page(as_representative: Client, coordinator: Member) -> None:
    assert f"Inget möte hittills {THIS_YEAR}." in words(year_page(as_representative))

    held(coordinator, days_ago=366)
    page = words(year_page(as_representative, THIS_YEAR - 1))
    assert f"Ett möte och inget beslut {THIS_YEAR - 1}." in page
    assert reverse("meetings:year", args=[THIS_YEAR]) in year_page(as_representative, THIS_YEAR - 1).content.decode()
    for other in (THIS_YEAR - 2, THIS_YEAR + 1, 0, 10**30):
        assert year_page(as_representative, other).status_code == 404


def test_a_reader_reads_of_organisations_and_is_led_to_none(
    as_reader: Client, as_representative: Client, coordinator: Member, technical: Organisation
) -> None:
    held(coordinator)

    page = year_page(as_reader)
    assert str(technical) in words(page)
    assert technical.get_absolute_url() not in page.content.decode()
    assert technical.get_absolute_url() in year_page(as_representative).content.decode()


def test_the_calendar_leads_to_the_year_of_what_is_shown(
    as_representative: Client, as_handler: Client, coordinator: Member
) -> None:
    held(coordinator)
    address = reverse("meetings:year", args=[THIS_YEAR])

    assert address in as_representative.get(reverse("meetings:list")).content.decode()
    assert year_page(as_handler).status_code == 403
