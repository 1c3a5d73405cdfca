from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.models import Group
from temagrupp.navigation import MAIN, MINE, links


def group(request: HttpRequest) -> dict[str, Any]:
    """The page head: the group's settings, the menu and what is the member's own. Read only when shown."""
    return {
        "group": SimpleLazyObject(Group.current),
        "nav": SimpleLazyObject(lambda: links(MAIN, request)),
        "mine": SimpleLazyObject(lambda: links(MINE, request)),
    }
