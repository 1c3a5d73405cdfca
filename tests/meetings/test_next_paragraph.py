"""A group that has had § on paper since January says on its template which is the next one."""

from datetime import datetime

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from issues.models import Counter
from meetings.models import AgendaTemplate, Meeting
from meetings.paragraphs import next_paragraph
from meetings.starting import start_meeting
from members.actor import Actor
from members.models import Member
from tests.days import today
from tests.factories import MeetingFactory
from tests.meetings.meetings import words
from tests.meetings.reopening import close
from tests.meetings.test_headings_pages import send, template

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def of_the_year() -> None:
    AgendaTemplate.objects.update(numbering="year")


def held(coordinator: Member, year: int | None = None) -> Meeting:
    day = datetime(year or today().year, 1, 1, 12).astimezone()
    meeting: Meeting = MeetingFactory(chair=coordinator, starts_at=day)
    meeting.expect_organisations()
    start_meeting(meeting, by=Actor.of(coordinator), started_at=day)
    close(meeting, coordinator)
    meeting.refresh_from_db()
    return meeting


def test_the_next_meeting_that_closes_has_it_first_and_the_page_says_so(
    as_coordinator: Client, coordinator: Member
) -> None:
    page = words(send(as_coordinator, template(), next_paragraph="42"))

    assert f"Nästa paragraf {today().year} blir § 42." in page
    assert f"{today().year} blir den § 42." in page
    assert held(coordinator).paragraphs_from == 42
    assert held(coordinator).paragraphs_from == 55


def test_another_year_begins_with_its_first(as_coordinator: Client, coordinator: Member) -> None:
    send(as_coordinator, template(), next_paragraph="42")

    assert held(coordinator, today().year - 1).paragraphs_from == 1


def test_what_was_mistyped_is_typed_anew_as_long_as_no_meeting_has_it(
    as_coordinator: Client, coordinator: Member
) -> None:
    send(as_coordinator, template(), next_paragraph="4200")
    send(as_coordinator, template(), next_paragraph="42")

    assert held(coordinator).paragraphs_from == 42


def test_one_that_a_meeting_has_is_refused_nothing_is_saved_and_what_was_typed_stands(
    as_coordinator: Client, coordinator: Member
) -> None:
    held(coordinator)

    page = send(as_coordinator, template(), next_paragraph="13", name="Vår dagordning")

    taken = f"§ 13 är redan given på ett möte {today().year}, så nästa kan inte vara lägre än § 14."
    assert taken in words(page)
    assert template().name != "Vår dagordning"
    assert 'value="13"' in page.content.decode()
    assert held(coordinator).paragraphs_from == 14


def test_saving_the_page_untouched_leaves_it(as_coordinator: Client, coordinator: Member) -> None:
    send(as_coordinator, template(), next_paragraph="42")
    send(as_coordinator, template(), name="Vår dagordning")

    assert held(coordinator).paragraphs_from == 42


def test_it_is_for_those_that_go_on_over_the_year(as_coordinator: Client) -> None:
    page = words(send(as_coordinator, template(), next_paragraph="42", numbering="meeting"))

    assert "Välj § i följd över året som numrering, eller lämna fältet tomt." in page
    assert Counter.last_of(Counter.Series.PARAGRAPH, today().year) == 0


def test_other_numbers_go_only_forwards() -> None:
    Counter.take(Counter.Series.ISSUE, 2026, many=5)

    with pytest.raises(DatabaseError, match="redan taget"), transaction.atomic():
        Counter.objects.filter(series="issue", year=2026).update(last=2)


def test_what_was_typed_for_last_year_is_not_set_for_this_and_can_be_sent_again(as_coordinator: Client) -> None:
    page = send(as_coordinator, template(), next_paragraph="42", year=str(today().year - 1))

    assert f"Sidan öppnades förra året, och nu gäller numret {today().year}." in words(page)
    assert next_paragraph(today().year) == 1
    assert f'name="year" value="{today().year}"' in page.content.decode()
    send(as_coordinator, template(), next_paragraph="42", year=str(today().year))
    assert next_paragraph(today().year) == 42
