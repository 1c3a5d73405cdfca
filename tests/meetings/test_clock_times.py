"""When each heading, line and break of the agenda is planned to come, and where it is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from issues.models import Issue
from meetings.agenda.building import agenda, agenda_for_paper
from meetings.agenda.clock_times import plan_times, planned_end, planned_minutes
from meetings.agenda.lines import AgendaHeading, AgendaLine, by_the_wall
from meetings.models import AgendaItem, Heading, Meeting
from meetings.starting import start_meeting
from meetings.texts.meeting import planned_words
from members.actor import Actor
from members.models import Member
from tests.base.documents.reading import words_of
from tests.factories import AgendaItemFactory
from tests.meetings.called import AT, sent
from tests.meetings.meetings import planned, words
from tests.meetings.test_headings_pages import template

Kind = Heading.Kind
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)  # 13.00


def heading(number: int, *minutes: int | None, own: int | None = None) -> AgendaHeading:
    """A heading, with a line for each of the minutes."""
    row = Heading(number=number, label=f"Rubrik {number}", minutes=own)
    lines = [AgendaLine(row, "Punkt", "", item=AgendaItem(minutes=each)) for each in minutes]
    return AgendaHeading(row, lines)


def pause(number: int, minutes: int | None) -> Heading:
    return Heading(number=number, label="Paus", kind=Kind.BREAK, minutes=minutes)


def told(headings: list[AgendaHeading], *breaks: Heading, **facts: Any) -> list[str]:
    """The clock as it is shown, heading by heading: the heading, its lines, the break after it."""
    facts = {"starts_at": NOON, **facts}
    meeting = Meeting(**{"ends_at": facts["starts_at"] + timedelta(minutes=20), **facts})
    plan_times(meeting, headings, [*(each.heading for each in headings), *breaks])
    rows = (
        [each.clock, *(line.clock for line in each.lines), each.pause.on_paper if each.pause else None]
        for each in headings
    )
    return ["|".join(clock for clock in row if clock is not None) for row in rows]


def test_a_heading_takes_its_own_minutes_else_those_of_its_lines() -> None:
    assert told([heading(1, own=10), heading(2, 5, 15), heading(3, 5, own=30), heading(4)]) == [
        "13.00",
        "13.10||13.15",
        "13.30|",
        "14.00",
    ]


def test_the_clock_never_goes_back_where_the_lines_take_longer_than_their_heading() -> None:
    headings = [heading(1, 10, 10, 10, own=15), heading(2, 30, own=10), heading(3)]

    assert told(headings) == ["13.00||13.10|13.20", "13.30|", "14.00"]
    assert planned_minutes(headings) == 60


def test_what_takes_time_has_its_own_and_what_takes_none_has_a_time_that_is_not_told_yet() -> None:
    headings = [heading(1), heading(2, None, None), heading(3, 10), heading(4), heading(5), heading(6, own=5)]

    assert told(headings) == ["13.00", "||", "13.00|", "13.10", "", "13.10"]
    assert [by_the_wall(each.planned_at) for each in headings] == ["13.00", "13.00", "13.00", "13.10", "13.10", "13.10"]


def test_a_break_after_what_takes_no_time_has_its_own() -> None:
    assert told([heading(1), heading(2, 10)], pause(1, 15)) == ["13.00|13.00 · Paus, 15 minuter", "13.15|"]


def test_where_nothing_has_minutes_no_times_are_told_though_there_is_a_break() -> None:
    headings = [heading(1, None), heading(2)]

    assert told(headings, pause(1, 15)) == ["||Paus, 15 minuter", ""]
    assert planned_end(headings) is None


def test_a_break_takes_time_and_no_number() -> None:
    headings = [heading(1, own=45), heading(2, own=10)]

    assert told(headings, pause(1, 15)) == ["13.00|13.45 · Paus, 15 minuter", "14.00"]
    assert [each.number for each in headings] == ["1", "2"]
    assert str(pause(1, None)) == "Paus"


@pytest.mark.parametrize(
    ("starts_at", "clocks"),
    [
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), ["01.30", "03.15"]),  # the clock is put forward at two
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), ["02.30", "02.15"]),  # and back at three
        (datetime(2026, 11, 25, 22, 45, tzinfo=UTC), ["23.45", "00.30"]),
    ],
)
@pytest.mark.parametrize("aware", [lambda at: at, timezone.localtime])
def test_it_is_the_clock_on_the_wall_also_over_midnight_and_when_that_is_moved(
    starts_at: datetime, clocks: list[str], aware: Any
) -> None:
    assert told([heading(1, own=45), heading(2, own=5)], starts_at=aware(starts_at)) == clocks


def test_of_a_meeting_under_way_it_runs_from_when_it_began() -> None:
    began = {"state": Meeting.State.UNDER_WAY, "started_at": NOON + timedelta(minutes=7, seconds=40)}

    assert told([heading(1, own=10), heading(2)], **began) == ["13.07", "13.17"]


@pytest.mark.parametrize("state", [Meeting.State.CLOSED, Meeting.State.CANCELLED])
def test_one_that_is_over_or_called_off_has_no_times(state: str) -> None:
    assert told([heading(1, own=10), heading(2)], state=state) == ["", ""]


def test_what_is_restricted_leaves_no_gap_in_the_times() -> None:
    headings = [heading(1, 10, 20), heading(2)]
    headings[0].lines[1].issue = Issue(restricted=True)

    assert told(headings) == ["13.00||", "13.10"]
    assert by_the_wall(headings[0].lines[1].planned_until) == "13.30"


def test_the_only_line_of_a_heading_has_its_minutes() -> None:
    headings = [heading(1, None, own=20), heading(2, None, None, own=20)]
    told(headings)

    assert [by_the_wall(line.planned_until) for each in headings for line in each.lines] == ["13.20", "", ""]


def test_where_nobody_has_said_when_it_ends_there_are_times_when_every_heading_but_the_last_takes_some() -> None:
    assert told([heading(1, own=10), heading(2, 5), heading(3)], ends_at=None) == ["13.00", "13.10|", "13.15"]

    headings = [heading(1), heading(2, 5), heading(3)]
    assert told(headings, ends_at=None) == ["", "|", ""]
    said = "Fem minuter är planerade. Klockslag visas när mötet har en sluttid, eller när varje rubrik har minuter."
    assert planned_words(Meeting(starts_at=NOON), headings) == said


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        (60, "Punkterna är planerade till 14.20, 20 minuter efter mötets slut."),
        (79, "Punkterna är planerade till 14.20, en minut efter mötets slut."),
        (80, ""),
        (160, ""),
        (161, "80 av 161 minuter är planerade. Klockslag visas när minst hälften är det."),
        (None, ""),
    ],
)
def test_that_it_takes_longer_than_the_meeting_is_told(ends: int | None, said: str) -> None:
    meeting = Meeting(starts_at=NOON, ends_at=NOON + timedelta(minutes=ends) if ends else None)
    headings = [heading(1, own=40), heading(2, 40)]
    plan_times(meeting, headings, [pause(2, 15)])

    assert planned_words(meeting, headings) == said
    assert planned_words(meeting, [heading(1), heading(2)]) == ""


# As it is told


@pytest.fixture
def with_times(coordinator: Member) -> Meeting:
    """Five minutes for the opening, forty to decide on the agenda, a break, and ten for a topic."""
    own = template().headings
    own.filter(key="opening").update(minutes=5)
    own.filter(key="agenda").update(purpose="decision", minutes=40)
    own.create(key="paus", number=2, label="Paus", kind=Kind.BREAK, minutes=15)
    meeting = planned(coordinator, starts_at=NOON, ends_at=NOON + timedelta(minutes=60))
    AgendaItemFactory(meeting=meeting, under="other", title="Julens öppettider")
    AgendaItemFactory(meeting=meeting, under="other", title="Nattvandring", minutes=10)
    return meeting


TOLD = [
    "13.00 · 1. Öppnande och närvaro",
    "13.05 · 2. Dagordning (beslut)",
    "13.45 · Paus, 15 minuter",
    "14.00 · 3. Föregående minnesanteckningar",
    "14.00 · 12. Övriga frågor",
    "14.10 · 13. Nästa möte",
]


@pytest.mark.django_db
def test_the_page_tells_times_purposes_and_breaks(as_coordinator: Client, with_times: Meeting) -> None:
    page = words(as_coordinator.get(with_times.get_absolute_url()))

    assert "2 Dagordning Beslut 13.05 Paus, 15 minuter 13.45 3 Föregående minnesanteckningar 14.00" in page
    assert "Dagordningen har 14 punkter." in page
    assert "Punkterna är planerade till 14.10, tio minuter efter mötets slut." in page


@pytest.mark.django_db
def test_that_it_takes_too_long_is_for_her_who_orders_it(as_representative: Client, with_times: Meeting) -> None:
    page = words(as_representative.get(with_times.get_absolute_url()))

    assert ("Paus, 15 minuter" in page, "efter mötets slut" in page) == (True, False)


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["agenda_pdf", "agenda_word"])
def test_the_paper_has_the_times_first(as_representative: Client, with_times: Meeting, kind: str) -> None:
    read = words_of(as_representative.get(reverse(f"meetings:{kind}", args=[with_times.pk])))

    lines = [line.strip() for line in read.splitlines()]
    assert [line for line in lines if line in TOLD] == TOLD


@pytest.mark.django_db
def test_so_has_the_call(coming: Meeting, mailoutbox: list[EmailMessage]) -> None:
    own = template().headings
    own.filter(key="opening").update(minutes=60)
    own.create(key="paus", number=1, label="Paus", kind=Kind.BREAK, minutes=10)
    AgendaItemFactory(meeting=coming, under="other", title="Julens öppettider", minutes=5)
    AgendaItemFactory(meeting=coming, under="other", title="Nattvandring")
    starts, later = coming.starts_at, [by_the_wall(coming.starts_at + timedelta(minutes=each)) for each in (60, 70, 75)]
    assert sent(mailoutbox, AT + timedelta(days=2))

    agenda_told = str(mailoutbox[0].body).partition("Dagordning:")[2].splitlines()

    assert agenda_told[1:4] == [
        f"{by_the_wall(starts)} · 1. Öppnande och närvaro",
        f"{later[0]} · Paus, tio minuter",
        f"{later[1]} · 2. Dagordning",
    ]
    assert f"{later[2]} · 12.2 Nattvandring" in agenda_told


@pytest.mark.django_db
def test_a_guest_who_sees_her_item_alone_is_told_no_time(
    as_outsider: Client, outsider: Member, with_times: Meeting
) -> None:
    AgendaItemFactory(meeting=with_times, under="other", title="Gästens punkt", presenter=outsider, minutes=10)

    page = words(as_outsider.get(with_times.get_absolute_url()))

    assert "12.1 Gästens punkt" in page
    assert not [each for each in agenda_for_paper(with_times, outsider) if each.clock or each.pause]


@pytest.mark.django_db
def test_in_the_room_a_break_is_a_line_and_no_item(
    as_coordinator: Client, coordinator: Member, with_times: Meeting
) -> None:
    start_meeting(with_times, by=Actor.of(coordinator))
    item = with_times.items.on_agenda()[1]

    page = as_coordinator.get(item.get_absolute_url())

    assert "2 Dagordning Paus, 15 minuter 3 Föregående" in words(page)
    clock = page.context["clock"]
    began = with_times.held_at.replace(second=0, microsecond=0)
    assert (clock.begins, clock.ends) == (began + timedelta(minutes=5), began + timedelta(minutes=45))


@pytest.mark.django_db
def test_the_times_cost_no_statement(coordinator: Member, with_times: Meeting, django_assert_num_queries: Any) -> None:
    headings = agenda(with_times, coordinator)
    known = list(Heading.objects.of(with_times))

    with django_assert_num_queries(0):
        plan_times(with_times, headings, known)
