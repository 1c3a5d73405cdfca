from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.models import Group, Member
from temagrupp.home.navigation import MAIN, MINE, links

_last_shown: list[Group] = []


def group(request: HttpRequest) -> dict[str, Any]:
    """The context of each page's head: the group's settings, the menu, the member's own. Read only when shown."""
    return {
        "group": SimpleLazyObject(lambda: _current(request)),
        "nav": SimpleLazyObject(lambda: links(MAIN, request)),
        "mine": SimpleLazyObject(lambda: links(MINE, request)),
    }


def last_shown() -> Group | None:
    """The settings that the latest page showed, for an error page that must not query the database."""
    return _last_shown[-1] if _last_shown else None


def _current(request: HttpRequest) -> Group:
    member = getattr(request, "user", None)  # a request may be turned away before the sign-in has looked at it
    _last_shown[:] = [member.group if isinstance(member, Member) else Group.current()]
    return _last_shown[-1]
