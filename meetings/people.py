"""Who somebody is, as every list and document of a meeting names her: with her title and where she comes from."""

from __future__ import annotations

from base.swedish.words import listed
from meetings.models import Presence
from members.models import Member


def with_title(member: Member) -> str:
    """Maja Exempel, säkerhetssamordnare, Höglandets räddningstjänstförbund."""
    return described(str(member), member.title, str(member.organisation or ""))


def what_and_where(presence: Presence) -> str:
    """After the name of a participant: , kurator, Brottsofferjouren, punkt 9."""
    return "".join(f", {words}" for words in (presence.person_title, presence.comes_from) if words) + presence.span


def described(*parts: str) -> str:
    """What is known of a person, the name first."""
    return ", ".join(filter(None, parts))


def could_not_come(people: list[str]) -> str:
    """Anmält förhinder: Omar Prov, ordinarie."""
    return f"Anmält förhinder: {listed(people)}" if people else ""
