from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.models import Group


def group(request: HttpRequest) -> dict[str, Any]:
    """The group's settings, read only by a page that shows them."""
    return {"group": SimpleLazyObject(Group.current)}
