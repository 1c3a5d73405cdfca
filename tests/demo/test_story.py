"""The story as it is written: the same every time it is read on a day, and true to the calendar whatever day it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from base.swedish.said_days import Precision
from base.swedish.working_days import is_working_day, last_working_day
from demo.story import observations
from demo.story.calendar import Calendar, at_clock
from demo.story.clock import Clock
from demo.story.data import Data, read_data
from demo.story.edition import why_tell_anew
from demo.story.issue_story import IssueStory
from demo.story.reading import Record, StoryError, read_csv, read_toml
from demo.story.swedish_year import day_of, easter
from demo.story.telling import happenings, is_empty, tell_story
from issues.models import Issue
from meetings.models import Meeting
from members.models import Group
from tests.acting import a_coordinator

ODD_DAYS = ["2027-01-01 00:05", "2027-03-28 03:30", "2027-06-25 18:00", "2027-10-31 02:30", "2028-02-29 07:00"]
"""New year, the two nights when the clock is moved, midsummer's eve, and the day that is not each year's."""

STRIDE = 31
"""Days between two that are tried; prime to the week, so that every weekday is."""


WHOLE = (Precision.WEEK, Precision.MONTH, Precision.PERIOD)


def now(words: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(words))


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("valborg", date(2026, 4, 30)),
        ("dagen efter valborg", date(2026, 5, 1)),
        ("måndagen före halloween", date(2026, 10, 26)),
        ("måndagen efter annandag påsk", date(2026, 4, 13)),
        ("tredje fredagen i oktober", date(2026, 10, 16)),
        ("sista lördagen i februari", date(2026, 2, 28)),
        ("midsommarafton", date(2026, 6, 19)),
        ("första advent", date(2026, 11, 29)),
    ],
)
def test_a_day_is_told_in_words(words: str, day: date) -> None:
    assert day_of(words, 2026) == day


def test_easter_is_where_the_almanac_has_it() -> None:
    almanac = [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)]

    assert [easter(day.year) for day in almanac] == almanac


def test_what_falls_on_a_feast_is_moved_before_it() -> None:
    assert last_working_day(date(2026, 12, 27)) == date(2026, 12, 23)
    assert last_working_day(date(2026, 4, 30)) == date(2026, 4, 30)


@pytest.mark.parametrize("words", ["2026-11-27 12:00", "2026-12-01 12:00", "2027-03-08 12:00", "2027-05-24 12:00"])
def test_nobody_is_asked_or_promises_or_is_done_on_a_day_when_nobody_works(words: str) -> None:
    data, calendar = read_data(), Calendar(now(words))
    days = [day for record in data.issues for day in days_of_actions(record, data, calendar)]

    assert len(days) > 60
    assert [day for day in days if not is_working_day(day)] == []


def days_of_actions(record: Record, data: Data, calendar: Calendar) -> Iterator[date]:
    """The days that its actions name, but for what is said as a whole week or month, which has its own last day."""
    for anchor in calendar.each_year(record["ankare"]) if record.get("ankare") else [None]:
        for action in IssueStory(record, data, calendar, anchor).actions:
            for told in [action.record, *action.record.inside("handelser")]:
                said = [action.said(key, told) for key in ("onskas", "klart")]
                yield from (day.last for day in said if day and day.precision not in WHOLE)
                yield from filter(None, [action.day("svar_senast", told)])


@pytest.mark.parametrize("day", [date(2026, 11, 16) + timedelta(days=n) for n in range(7)])
def test_the_next_meeting_is_one_to_two_weeks_away_whatever_the_weekday(day: date) -> None:
    calendar = Calendar(at_clock(day, "12.00"))

    assert timedelta(days=7) <= calendar.day("v2 ons") - day <= timedelta(days=13)
    assert calendar.day("v0 ons") < day


def test_what_was_twice_in_fourteen_months_is_shared_by_its_rows() -> None:
    calendar = Calendar(now("2026-11-22 12:00"))

    assert [calendar.past_day("halloween", turn) for turn in range(3)] == [
        date(2026, 10, 31),
        date(2025, 10, 31),
        date(2026, 10, 31),
    ]
    assert calendar.past_day("valborg", 1) == date(2026, 4, 30)


def test_the_story_can_be_told_on_any_day_of_four_years() -> None:
    data, first = read_data(), now("2026-01-01 00:30")
    moments = [first + timedelta(days=day, hours=day % 24) for day in range(0, 4 * 365 + 1, STRIDE)]
    for moment in [*moments, *map(now, ODD_DAYS)]:
        told = happenings(data, Calendar(moment))

        # By the sun: two times of one zone are compared by the wall clock, which is moved twice a year.
        assert all(happening.moment.timestamp() <= moment.timestamp() for happening in told), moment
        assert len(told) > 800, moment


def test_the_same_day_tells_the_same_story() -> None:
    calendar = Calendar(now("2026-11-22 17:00"))
    first, again = (happenings(read_data(), calendar) for _ in range(2))

    assert [(h.moment, h.record.line) for h in first] == [(h.moment, h.record.line) for h in again]


def test_nobody_in_an_office_reports_on_a_saturday_night() -> None:
    data = read_data()
    calendar = Calendar(now("2026-11-22 17:00"))
    row = next(row for row in data.observations if row["vem"] == "Elin Förlaga")

    seen = observations.sighting(row, data, at_clock(date(2026, 11, 14), "23.10"), None)

    assert seen.seen == at_clock(date(2026, 11, 14), "23.10")
    assert seen.reported == at_clock(date(2026, 11, 16), "08.10")
    assert seen.reported < seen.triaged < calendar.now


def test_no_text_is_told_twice() -> None:
    data = read_data()
    texts = [row["text"] for row in data.observations]
    texts += [seen["text"] for issue in data.issues for seen in issue.inside("observationer")]

    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("valborg;22.40;Ali Ritnig;Klotter;Landsbro;Text;;;", "prov.csv, rad 2: ”Ali Ritnig” är okänt under ”vem”."),
        (
            "valborg;22.40;Ali Ritning;Klotter;Landsbro;Text;;oftta;",
            "prov.csv, rad 2: ”oftta” är okänt under ”övrigt”.",
        ),
        ("valborg;kväll;Ali Ritning;Klotter;Landsbro;Text;;;", "prov.csv, rad 2: ”valborg kväll” är ingen tid"),
        ("valborgg;22.40;Ali Ritning;Klotter;Landsbro;Text;;;", "prov.csv, rad 2: ”valborgg 22.40” är ingen tid"),
        ("valborg;22.40;Ali Ritning;Klotter;Landsbro;;;;", "prov.csv, rad 2: ”text” saknas."),
        ("valborg;22.40;Ali Ritning;Klotter;Landsbro;Text; med;;;", "prov.csv, rad 2: Raden har inte lika många fält"),
        ("valborg;22.40;Per Modell;Klotter;Landsbro;Text;;;", "prov.csv, rad 2: Per Modell sitter inte för någon"),
    ],
)
def test_a_mistake_in_a_row_is_said_with_file_and_line(row: str, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "prov.csv"
    file.write_text(f"dag;tid;vem;kategori;var;text;otryggt;övrigt;blir\n{row}\n")

    def read() -> None:
        data = replace(read_data(), observations=read_csv(file))
        list(observations.happenings(data, Calendar(now("2026-11-22 17:00"))))

    with pytest.raises(StoryError) as error:
        read()

    assert str(error.value).startswith(sentence)


def test_a_mistake_in_a_table_is_said_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "prov.toml"
    file.write_text('[[arende]]\nnyckel = "a"\natgarder = [\n  { vad = "Laga" },\n  { vad = "Sopa", vemm = "x" },\n]\n')
    [issue] = read_toml(file, "arende")

    with pytest.raises(StoryError, match=r"prov.toml, rad 5: ”vemm” är inte något som går att ange här"):
        [table.only("vad") for table in issue.inside("atgarder")]


def test_what_has_not_been_cannot_be_told() -> None:
    clock = Clock(now("2026-11-22 17:00"))
    clock.move_to(now("2026-11-22 16:00"))

    with pytest.raises(ValueError, match="är inte än"):
        clock.move_to(now("2026-11-22 17:01"))


@pytest.mark.django_db
@pytest.mark.parametrize("words", ODD_DAYS[-1:])
def test_the_whole_story_is_told_on_an_odd_day(words: str) -> None:
    tell_story(now=now(words))

    meeting = Meeting.objects.coming().get()
    assert timedelta(days=6) < meeting.starts_at - now(words) < timedelta(days=14)
    assert not Issue.objects.filter(updated_at__gt=now(words)).exists()


@pytest.mark.django_db
def test_a_demo_that_knows_no_edition_is_of_an_older_version() -> None:
    Group.current().change(by=a_coordinator(), demo=True)

    assert why_tell_anew(date(2026, 11, 22)).startswith("Demogruppen lades in av en äldre version. Börja om")


@pytest.mark.django_db
def test_what_the_register_refuses_is_said_with_its_line() -> None:
    data = read_data()
    twice = replace(data, organisations=[*data.organisations, data.organisations[0]])

    with pytest.raises(StoryError, match=r"^organisationer.csv, rad 2: Det finns redan en organisation"):
        tell_story(data=twice)

    assert is_empty()


@pytest.mark.django_db
def test_a_story_that_is_interrupted_leaves_nothing_behind() -> None:
    def stop(sentence: str) -> None:
        raise KeyboardInterrupt(sentence)

    with pytest.raises(KeyboardInterrupt, match=r"Lägger in demogruppen: \d+ av"):
        tell_story(stop)

    assert is_empty()
