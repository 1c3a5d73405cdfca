"""The issue that a duplicate belongs to, as the sentence to those who reported on it names it."""

from __future__ import annotations

import re

from issues.models import Closure, Issue
from issues.numbers import NUMBER
from members.models import Member

NAMED = re.compile(rf"(?<![\w-]){NUMBER}(?![\w-])", re.ASCII)


def main_of(issue: Issue, member: Member) -> Issue | None:
    """The first issue that it names, of one closed as a duplicate; None where the member may not know of that."""
    if issue.closure is None or issue.closure.outcome != Closure.Outcome.DUPLICATE:
        return None
    named = next((number for number in NAMED.findall(issue.feedback) if number != issue.number), None)
    return Issue.objects.visible_to(member).numbered(named).first() if named else None
