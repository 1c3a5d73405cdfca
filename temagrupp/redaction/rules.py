"""Who may mask what."""

from __future__ import annotations

from issues.models import Issue, Observation
from members.models import Member


def may_redact(member: Member, about: Issue | Observation | None) -> bool:
    """The samordnare everywhere; in a thing that is restricted the group's own who are named; in a report its reporter.

    The reporter until it is sorted, and then where she is named as the others are.
    Of a thing that she may know of: a restricted issue is known to none but those named.
    """
    if member.is_coordinator:
        return True
    if isinstance(about, Observation):
        return may_redact_observation(member, about)
    return bool(about and about.restricted and member.is_in_group)


def may_redact_observation(member: Member, observation: Observation) -> bool:
    is_her_own = observation.reporter_id == member.pk
    if is_her_own and observation.may_be_corrected:
        return True
    is_named = not is_her_own or observation.named.filter(pk=member.pk).exists()
    return observation.restricted and is_named and member.is_in_group


def may_read_redactions(member: Member) -> bool:
    return member.is_coordinator
