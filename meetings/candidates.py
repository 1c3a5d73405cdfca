"""Who may be chosen to approve the minutes of a meeting: those who were there."""

from __future__ import annotations

from dataclasses import dataclass

from meetings.attendance import rows_and_others
from meetings.models import Approver, Meeting, Presence
from meetings.officers import officers
from meetings.people import described
from members.actor import Actor
from members.models import Member


@dataclass(frozen=True)
class Candidate:
    """One who was at the meeting. Without an account she has a name, and the samordnare notes what she signs."""

    member: Member | None
    name: str = ""
    title: str = ""
    home: str = ""

    @classmethod
    def of(cls, presence: Presence) -> Candidate:
        if presence.member:
            return cls(presence.member)
        return cls(None, presence.name, presence.title, presence.comes_from[:120])

    @property
    def key(self) -> str:
        """What a form calls her by: the same as long as she is the same person."""
        return key_of(self.member.pk if self.member else None, self.name, self.title, self.home)

    @property
    def in_words(self) -> str:
        if self.member:
            return described(str(self.member), self.member.title, str(self.member.organisation or ""))
        return described(self.name, self.title, self.home, "utan konto")


def key_of(member: int | None, *named: str) -> str:
    return f"{member}" if member else "|".join(words.casefold() for words in named)


def candidates(meeting: Meeting) -> list[Candidate]:
    """Those who were there, once each: whoever leads first. The secretary where there is nobody else."""
    table, beside = rows_and_others(meeting)
    there = [*officers(meeting, beside), *beside, *(one for row in table for one in row.there)]
    found = {candidate.key: candidate for candidate in map(Candidate.of, there)}
    secretary = f"{meeting.secretary_id}"
    return [one for one in found.values() if one.key != secretary] or [*found.values()]


def strike_secretary(meeting: Meeting, *, by: Actor) -> Approver | None:
    """Let whoever writes at a meeting under way be chosen no longer where others are there; returns her."""
    hers = Approver.objects.chosen().at(meeting).filter(member=meeting.secretary_id).first()
    if hers is None or any(one.member == hers.member for one in candidates(meeting)):
        return None
    hers.save(update_fields=hers.set({"is_chosen": False}, by=by))
    return hers
