"""What minutes leave out because it is restricted, for whoever may read it elsewhere. It is on no paper of theirs."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from issues.models import Issue
from meetings.minutes.editions import Edition
from meetings.models import AgendaItem, Meeting
from members.models import Member


def left_out_for(member: Member, meeting: Meeting, editions: Iterable[Edition]) -> list[Issue]:
    """The restricted issues that she may read and the minutes do not tell of, each with `is_in_original`
    and `is_at_meeting`.

    They stood on the agenda, or in the latest of the editions before they were restricted.
    """
    frozen = next((Edition.original(edition.minutes).issues for edition in editions), set[int]())
    there = AgendaItem.objects.at(meeting).on_agenda().filter(issue=OuterRef("pk"))
    known = Issue.with_struck.visible_to(member).filter(restricted=True).annotate(is_at_meeting=Exists(there))
    left_out = list(known.filter(Q(is_at_meeting=True) | Q(pk__in=frozen)).order_by("pk"))
    for issue in left_out:
        issue.is_in_original = issue.pk in frozen  # type: ignore[attr-defined]
    return left_out
