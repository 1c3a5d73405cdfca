"""The gate: stops with 404 what may not be known and with 403 what may not be done.

Two questions are asked of everything. *May she know that it exists?* is `visible_to(member)` on a queryset
and ends in 404. *May she do this?* is a predicate in the app's `rules.py`, asked by `ensure`, and ends in 403.
"""

from collections.abc import Callable
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from members.models import Member

Subject = TypeVar("Subject")


class MemberRequest(HttpRequest):
    """A request that has passed the sign-in: its user is a member."""

    user: Member


def ensure(rule: Callable[[Member, Subject], bool], member: Member, subject: Subject) -> Subject:
    """The subject when the rule lets the member; raises PermissionDenied (403) otherwise."""
    if not rule(member, subject):
        raise PermissionDenied
    return subject


def ensure_member(rule: Callable[[Member], bool], member: Member) -> None:
    """Check a rule about the member alone. Raises PermissionDenied (403)."""
    if not rule(member):
        raise PermissionDenied
