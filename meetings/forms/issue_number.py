"""An issue that is named by its number in a form of a meeting: read in one way, and refused in one sentence."""

from __future__ import annotations

from base.records.search import number_in
from issues.models import Issue
from issues.models.issue import IssueQuerySet
from members.models import Member

NO_SUCH_ISSUE = "Det finns inget ärende med numret {}. Skriv det som 2026-41."


def issues_numbered(words: str, member: Member) -> IssueQuerySet | None:
    """Those that she may know of with the number that the words are; None where they are none.

    Without its year the number may be that of several.
    """
    number = number_in(words)
    return Issue.objects.visible_to(member).filter(number) if number else None
