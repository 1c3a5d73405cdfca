"""The series that meetings are planned from."""

from __future__ import annotations

from typing import Any

from base.swedish.working_days import working_day_from
from meetings.series import year_ahead
from tests.days import in_days
from tests.home.growing_world import World
from tests.home.posts import Sent, to
from tests.meetings.series import a_series


def make_series(world: World) -> Sent:
    return to("meetings:series_create", **rhythm(world))


def change_series(world: World) -> Sent:
    series = a_series(world.coordinator)
    return to("meetings:series_change", series.pk, version=series.version, **rhythm(world))


def plan_year(world: World) -> Sent:
    """A rhythm of weeks, that leaves no doubt which day is the first."""
    series = a_series(
        world.coordinator, rhythm="weeks", every=4, from_day=working_day_from(in_days(40)), pauses=[], on_holiday="skip"
    )
    year = year_ahead(series, today=in_days(0))
    return to("meetings:series_plan", series.pk, days=[year.free[0].wished.isoformat()])


def end_series(world: World) -> Sent:
    return to("meetings:series_end", a_series(world.coordinator).pk)


def resume_series(world: World) -> Sent:
    series = a_series(world.coordinator)
    series.end(by=world.by)
    return to("meetings:series_resume", series.pk)


def rhythm(world: World) -> dict[str, Any]:
    often = {"name": "Månadsmöten", "rhythm": "monthly", "nth": "1", "weekday": "1", "every": "4"}
    leads = {"chair": world.coordinator.pk, "secretary": world.coordinator.pk}
    return {**often, **leads, "on_holiday": "after", "starts": "13:00", "pauses": ["7"]}
