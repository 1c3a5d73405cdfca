"""The original beside what is read of a version: who may open it, and that each opening is kept and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from base.logs.security import SecurityEvent, happened
from issues.models import Issue, Observation
from issues.opening import MINUTES, tell_all_opened
from meetings import rules
from meetings.minutes.editions import Edition, Hidden
from meetings.minutes.files import pdf_sums
from meetings.models import Minutes, OriginalOpening
from members.access import MemberRequest
from members.models import Member


@dataclass(frozen=True)
class Version:
    """A version in the list of them: what is read of it, the SHA-256 of its PDF, and who opened the original last.

    That is told to who may open it.
    """

    edition: Edition
    pdf_sum: str
    may_open: bool = False
    last_opening: OriginalOpening | None = None


def versions_for(member: Member, editions: Iterable[Edition]) -> list[Version]:
    """The versions, with their originals as far as the member may open them."""
    editions = list(editions)
    sums = pdf_sums(editions)
    if not rules.may_open_originals(member) or all(edition.is_original for edition in editions):
        return [Version(edition, sums[edition.minutes.pk]) for edition in editions]
    hidden = Hidden.from_member(member)
    openings = OriginalOpening.objects.filter(minutes__in=[edition.minutes for edition in editions])
    latest = openings.order_by("minutes", "-at", "-pk").distinct("minutes").select_related("member")
    last = {opening.minutes_id: opening for opening in latest}
    return [
        Version(edition, sums[edition.minutes.pk], may_open=True, last_opening=last.get(edition.minutes.pk))
        if has_original(edition, hidden)
        else Version(edition, sums[edition.minutes.pk])
        for edition in editions
    ]


def has_original(edition: Edition, hidden: Hidden) -> bool:
    """Whether there is another original than what is read, in which nothing is hidden from the member."""
    return not edition.is_original and not hidden.hides_in(edition.minutes.content)


def originals_closed_to_all(thing: Issue | Observation, member: Member, reader: Member) -> list[str]:
    """The originals that she alone of the samordnare may open, until she is no longer named on the thing.

    Less those that tell of something hidden from the reader: that nobody can open them would tell her of it.
    """
    is_hers = isinstance(thing, Observation) and thing.reporter_id == member.pk
    if is_hers or not (thing.restricted and rules.may_open_originals(member)):
        return []
    now, then = Hidden.from_member(member), Hidden.of(thing)
    unknown = now if reader == member else Hidden.from_member(reader)
    versions = Minutes.objects.select_related("meeting").order_by("meeting", "version")
    closed = [each for each in versions if not now.hides_in(each.content) and then.hides_in(each.content)]
    closed = [each for each in closed if not unknown.hides_in(each.content)]
    for other in Member.objects.leading().exclude(pk=member.pk) if closed else ():
        hidden = Hidden.from_member(other)
        closed = [each for each in closed if hidden.hides_in(each.content)]
    return [
        f"originalet av {minutes.called.definite} från {meeting}"
        for meeting, minutes in {minutes.meeting: minutes for minutes in closed}.items()
    ]


def tell_original_opened(request: MemberRequest, edition: Edition, how: OriginalOpening.How) -> None:
    """Keep and tell that the member opens the original, and with it what it says of restricted issues."""
    if request.method == "HEAD":
        return
    OriginalOpening.objects.create(minutes=edition.minutes, member=request.user, how=how)
    happened(SecurityEvent.ORIGINAL_OPENED, meeting=edition.minutes.meeting_id, version=edition.minutes.version)
    tell_all_opened(request, MINUTES, Issue.with_struck.filter(restricted=True, pk__in=edition.issues))
