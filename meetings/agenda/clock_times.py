"""When each heading, line and break of an agenda is planned to come: one running clock, from when the meeting begins.

A heading takes its own minutes, or the sum of those of its lines where that is more, so that no time is told before one
that comes earlier on the agenda; what has none takes no time. A restricted line takes none of the clock that goes on
after it, whoever reads: a gap between two times would tell that something is left out. Give its heading minutes of its
own to make room for it.

Breaks have no number: each comes after the heading whose number it has (`changing_headings`), so that headings are
numbered 1 to n on every page and paper, and the stored numbers are those that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

from meetings.agenda.lines import AgendaHeading, AgendaLine, Pause, Timed, by_the_wall
from meetings.models import Heading, Meeting


def plan_times(meeting: Meeting, headings: Sequence[AgendaHeading], known: Iterable[Heading]) -> None:
    """Put the breaks among `known` after their headings, and tell when everything comes; no query.

    There are no times of a meeting that is over or called off, nor where too little has minutes.
    """
    breaks = {heading.number: Pause(heading) for heading in known if heading.is_break}
    for heading in headings:
        heading.pause = breaks.get(heading.heading.number)
    if meeting.is_coming and _is_enough(meeting, headings):
        _run(headings, _begins(meeting))
        _tell(headings)


def planned_minutes(headings: Sequence[AgendaHeading]) -> int:
    """How many minutes the headings have together, as everybody may know of them."""
    return sum(map(_minutes_of, headings))


def _is_enough(meeting: Meeting, headings: Sequence[AgendaHeading]) -> bool:
    """Whether so much of the meeting's time is planned that the clock says something: half of it, and where nobody has
    said when it ends, something at every heading but the last.

    What has no minutes takes no time, so that with ten minutes at one item all that comes after it would be told an
    hour too early.
    """
    minutes = planned_minutes(headings)
    if meeting.ends_at is None:
        return bool(minutes) and all(map(_minutes_of, headings[:-1]))
    return bool(minutes) and minutes * 2 >= minutes_between(meeting.starts_at, meeting.ends_at)


def minutes_between(begins: datetime, ends: datetime) -> int:
    return int((ends - begins).total_seconds() // 60)


def _minutes_of(heading: AgendaHeading) -> int:
    """How long a heading takes, without its break."""
    of_lines = sum(_minutes(line) for line in heading.lines if not line.is_restricted)
    return max(heading.heading.minutes or 0, of_lines)


def planned_end(headings: Sequence[AgendaHeading]) -> datetime | None:
    """When the last of it is planned to be over, without a break at the end; None where there are no times."""
    return headings[-1].planned_until if headings else None


def _begins(meeting: Meeting) -> datetime:
    """In UTC, where minutes can be added also over a night when the clocks are changed."""
    return meeting.held_at.astimezone(UTC).replace(second=0, microsecond=0)


def _run(headings: Sequence[AgendaHeading], at: datetime) -> None:
    for heading in headings:
        heading.planned_at = at
        alone = heading.heading.minutes if len(heading.lines) == 1 else None
        for line in heading.lines:
            minutes = _minutes(line) or alone
            line.planned_at = at
            line.planned_until = at + timedelta(minutes=minutes) if minutes else None
            at += timedelta(minutes=minutes or 0)
        heading.planned_until = at = heading.planned_at + timedelta(minutes=_minutes_of(heading))
        if heading.pause:
            heading.pause.planned_at = at
            at += timedelta(minutes=heading.pause.heading.minutes or 0)


def _tell(headings: Sequence[AgendaHeading]) -> None:
    """Let each time be shown where a heading or a break takes it, and once where it is of what takes no time: not again
    at what comes before any time has gone."""
    told = ""
    for heading in headings:
        takes_time: list[Timed] = [heading] if _minutes_of(heading) else []
        takes_time += [heading.pause] if heading.pause and heading.pause.heading.minutes else []
        lines = [line for line in heading.lines if not line.is_restricted and not line.is_heading]
        for each in (heading, *lines, *filter(None, [heading.pause])):
            clock = by_the_wall(each.planned_at)
            each.clock = clock if clock != told or each in takes_time else ""
            told = clock


def _minutes(line: AgendaLine) -> int:
    return (line.item.minutes if line.item else None) or 0
