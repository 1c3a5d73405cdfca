"""The main menu as data: words, address, shortcut and rule of each entry."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

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
    """An entry of the menu, for the members that the rule names."""

    label: str
    route: str
    rule: Callable[[Member], bool] = everyone
    about: str = ""
    """What the page is for, told on the help page."""
    below: str = ""
    """A page that lies under this one though its address does not."""


@dataclass(frozen=True)
class Link:
    """An entry on one page; `current` is "page" on its own page, "true" below it."""

    label: str
    url: str
    current: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """The letter of the entry's keyboard shortcut, after a g."""
        return self.label[0].lower()


MAIN = [
    Entry("Start", "start", about="Det som väntar på dig, och det som är nytt för dig."),
    Entry(
        "Ärenden",
        "issues:list",
        may_follow_issues,
        "Det gruppen följer tills det är löst: observationer, åtgärder, ansvarig och vad som har hänt.",
    ),
    Entry(
        "Observationer",
        "issues:observation_list",
        may_read_observations,
        "Det som någon har sett eller hört. Varje observation blir ett ärende, hör till ett som finns, "
        "noteras eller avvisas med skäl.",
        below="issues:triage",
    ),
    Entry(
        "Åtgärder",
        "issues:action_list",
        may_follow_issues,
        "Det gruppen har föreslagit: ansvarig, svar senast, planerat klart och vad som är försenat.",
    ),
    Entry(
        "Möten",
        "meetings:list",
        may_follow_meetings,
        "Dagordningen bygger sig själv ur registret. Efter mötet läser du här vad gruppen kom fram till.",
    ),
    Entry("Rapportera", "issues:report", may_report, "Skriv vad du har sett, på under en minut. En misstanke räcker."),
    Entry(
        "Gruppen", "members:group", may_see_members, "Organisationerna, vilka som sitter för dem och hur man når dem."
    ),
]
MINE = [
    Entry("Ditt konto", "account"),
    Entry("Dina uppgifter", "own_data"),
    Entry("Byt lösenord", "account_change_password"),
    Entry("Hjälp", "help"),
]


def links(entries: list[Entry], request: HttpRequest) -> list[Link]:
    """The menu entries of the member, with the current one marked; none before sign-in."""
    member = getattr(request, "user", None)  # a request may be turned away before the sign-in has looked at it
    if not isinstance(member, Member):
        return []
    shown = [entry for entry in entries if entry.rule(member)]
    return [
        Link(entry.label, url, _current(entry, url, request.path), entry.about)
        for entry in shown
        if (url := _address(entry.route))
    ]


@cache  # of our own routes, which stay as they are while the program runs
def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _current(entry: Entry, url: str, path: str) -> str:
    if path == url:
        return "page"
    if entry.below and path == _address(entry.below):
        return "true"
    return "true" if url != "/" and path.startswith(url) else ""
