"""What a member may do by the marks on her own row, and what the security log tells when they change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from base.logs.security import SecurityEvent, happened

MARKS = {
    "is_coordinator": (SecurityEvent.COORDINATOR_GIVEN, SecurityEvent.COORDINATOR_TAKEN),
    "is_reader": (SecurityEvent.READER_GIVEN, SecurityEvent.READER_TAKEN),
    "is_active": (SecurityEvent.MEMBER_OPENED, SecurityEvent.MEMBER_CLOSED),
}


@dataclass(frozen=True)
class AccountState:
    """A member's marks and address at one moment. One who is new has no mark and may sign in."""

    email: str
    is_coordinator: bool = False
    is_reader: bool = False
    is_active: bool = True

    @classmethod
    def of(cls, member: Any) -> AccountState:
        return cls(member.email, **{mark: getattr(member, mark) for mark in MARKS})

    @property
    def leads(self) -> bool:
        """Whether she is samordnare in effect, as `MemberQuerySet.leading` asks it of rows."""
        return self.is_coordinator and self.is_active

    def hands_over(self, before: AccountState) -> bool:
        """Whether another gets in as her, or she begins or ceases to lead: who does that is asked for her password."""
        return (self.email, self.leads) != (before.email, before.leads)


def tell_of_new(member: Any) -> None:
    """Tell of a member who has been entered, and of the marks that came with her."""
    happened(SecurityEvent.MEMBER_ENTERED, about=member.pk)
    tell_of_change(member, AccountState(member.email))


def tell_of_change(member: Any, before: AccountState) -> None:
    """Tell of each mark that she was given or lost, and that her address is another."""
    after = AccountState.of(member)
    for mark, (given, taken) in MARKS.items():
        if getattr(after, mark) != getattr(before, mark):
            happened(given if getattr(after, mark) else taken, about=member.pk)
    if after.email != before.email:
        happened(SecurityEvent.ADDRESS_CHANGED, about=member.pk)
