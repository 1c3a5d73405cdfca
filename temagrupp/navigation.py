"""The main menu as data: what it says, where it leads and who is shown it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from issues.rules import may_follow_issues, may_read_observations, may_report
from meetings.rules import may_follow_meetings
from members.models import Member
from members.rules import may_see_members


def everyone(member: Member) -> bool:
    return True


@dataclass(frozen=True)
class Entry:
    """A line of the menu, for those the rule lets."""

    label: str
    route: str
    rule: Callable[[Member], bool] = everyone


@dataclass(frozen=True)
class Link:
    """An entry on one page; `current` is "page" on its own page, "true" below it."""

    label: str
    url: str
    current: str = ""


MAIN = [
    Entry("Start", "start"),
    Entry("Ärenden", "issues:list", may_follow_issues),
    Entry("Observationer", "issues:observation_list", may_read_observations),
    Entry("Åtgärder", "issues:action_list", may_follow_issues),
    Entry("Möten", "meetings:list", may_follow_meetings),
    Entry("Rapportera", "issues:report", may_report),
    Entry("Gruppen", "members:group", may_see_members),
]
MINE = [Entry("Byt lösenord", "account_change_password")]


def links(entries: list[Entry], request: HttpRequest) -> list[Link]:
    """The entries this member is shown, with the one she stands on marked. Nothing before sign-in."""
    member = getattr(request, "user", None)  # a request may be turned away before the sign-in has looked at it
    if not isinstance(member, Member):
        return []
    shown = [entry for entry in entries if entry.rule(member)]
    return [Link(entry.label, url, _current(url, request.path)) for entry in shown if (url := _address(entry))]


def _address(entry: Entry) -> str:
    try:
        return reverse(entry.route)
    except NoReverseMatch:
        return ""


def _current(url: str, path: str) -> str:
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""
