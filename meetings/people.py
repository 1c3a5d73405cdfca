"""Who somebody is, as every list and document of a meeting names her: with her title and where she comes from."""

from __future__ import annotations

from collections.abc import Iterable

from base.swedish.words import capital, listed
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import OFFICES
from meetings.models.presenter import Presenting
from meetings.officers import officers
from members.models import Member

SEVERAL = {"Gäst": "Gäster", "Adjungerad": "Adjungerade", "Förtroendevald": "Förtroendevalda"}
"""What several guests are, by what one is."""


def with_title(member: Member) -> str:
    """Maja Exempel, säkerhetssamordnare, Höglandets räddningstjänstförbund."""
    return described(str(member), member.title, str(member.organisation or ""))


def in_full(who: Presenting) -> str:
    """Per Modell, trafikingenjör, Trafikverket, whether she has an account or not."""
    return with_title(who) if isinstance(who, Member) else described(who.name, who.title, who.home)


def presented_by(item: AgendaItem) -> str:
    """Those who present an item: Per Modell, trafikingenjör, Trafikverket; Anna Exempel, boende."""
    return "; ".join(described(one.name, one.title, one.home) for one in item.presented_by)


def what_and_where(presence: Presence) -> str:
    """After the name of a participant: , kurator, Brottsofferjouren, punkt 9. Of a guest also what she is: (gäst), …"""
    return f"{as_what(presence)}{_known_of(presence)}"


def as_what(presence: Presence) -> str:
    """After the name of who comes from no organisation, what she is: (gäst). Empty of others."""
    return "" if presence.organisation_id else f" ({presence.get_capacity_display().lower()})"


def by_capacity(guests: Iterable[Presence]) -> list[tuple[str, str]]:
    """Guests by what they are: Gäster, Åsa Ärlig, kurator, Brottsofferjouren, punkt 9; Per Modell."""
    return guests_by_capacity((one.get_capacity_display(), f"{one.person}{_known_of(one)}") for one in guests)


def guests_by_capacity(guests: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Of guests, each with what she is and who, what they are and who: Förtroendevalda, A; B. The first first."""
    named: dict[str, list[str]] = {}
    for capacity, who in guests:
        named.setdefault(capacity, []).append(who)
    return [(several(each) if people[1:] else each, "; ".join(people)) for each, people in named.items()]


def several(capacity: str) -> str:
    """What several guests are: Gäster."""
    return SEVERAL.get(capacity, capacity)


def _known_of(presence: Presence) -> str:
    known = "".join(f", {words}" for words in (presence.person_title, presence.comes_from) if words)
    return f"{known}{presence.span}"


def described(*parts: str) -> str:
    """What is known of a person, the name first."""
    return ", ".join(filter(None, parts))


def led_by(meeting: Meeting, noted: Iterable[Presence]) -> str:
    """Ordförande Maja Exempel (punkt 1–6) och Bo Byte (från punkt 7), sekreterare Siv Skriv. Parts are the noted."""
    noted = list(noted)
    told: dict[str, list[str]] = {office: [] for office in OFFICES}
    for one in [*(one for one in noted if one.was_relieved), *officers(meeting, noted)]:
        part = one.span.removeprefix(", ")
        told[one.capacity].append(f"{one.person} ({part})" if part else one.person)
    people = (f"{Presence.Capacity(office).label.lower()} {listed(parts)}" for office, parts in told.items())
    return f"{capital(', '.join(people))}."


def could_not_come(people: list[str]) -> str:
    """Anmält förhinder: Omar Prov, ordinarie."""
    return f"Anmält förhinder: {listed(people)}" if people else ""
