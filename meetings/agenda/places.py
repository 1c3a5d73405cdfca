"""The places to which a line of an agenda may be moved, for its page to choose among."""

from __future__ import annotations

from collections.abc import Iterable

from meetings.agenda.lines import AgendaHeading, AgendaLine

Place = tuple[str, str]
"""What one stands after, as `move_line` takes it, and the words for it."""


def places_for(line: AgendaLine, headings: Iterable[AgendaHeading]) -> list[tuple[str, list[Place]]]:
    """The places of each heading that takes the line, with the one it has.

    What is restricted stands last under its heading, so it has its places among the restricted alone.
    """
    taking = [heading for heading in headings if heading.heading.takes(line.issue)]
    return [(heading.heading.numbered, _under(heading, line)) for heading in taking]


def _under(heading: AgendaHeading, line: AgendaLine) -> list[Place]:
    others = [other for other in heading.under if other is not line]
    alike = [other for other in others if other.is_restricted == line.is_restricted]
    after = [(other.lasting_key, f"Efter {other.number} {other.title}") for other in alike]
    return [(heading.key, _first(heading, line, others, alike)), *after]


def _first(heading: AgendaHeading, line: AgendaLine, others: list[AgendaLine], alike: list[AgendaLine]) -> str:
    if not others:
        return f"Under {heading.heading.numbered}"
    if not line.is_restricted:
        return f"Först under {heading.heading.numbered}"
    place = "Först av dem med begränsad spridning" if alike else "Sist"
    return f"{place} under {heading.heading.numbered}"
