"""The way back to an organisation's own list of actions: to the row one left, among what was chosen there."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from issues.models import Action
from issues.way_back import WayBack
from members.access import MemberRequest

OWN = "egna"
"""The word in an address before the number of the action whose row one comes back to."""
CHOSEN = ("organisation", "handlaggare", "budgetar", "sida")
"""What can be chosen in the list, by its words in an address."""
LONGEST = 20


def chosen_in(query: QueryDict) -> str:
    """The query of what is chosen in the list, without the rest of the address."""
    words = {name: query.get(name, "") for name in CHOSEN}
    return urlencode({name: word for name, word in words.items() if 0 < len(word) <= LONGEST})


def anchor_of(action: int) -> str:
    """The place of an action in a list."""
    return f"atgard-{action}"


def way_to_own_list(request: MemberRequest, action: int) -> WayBack | None:
    """The way to the row of that action, for one who may see it; None else."""
    known = Action.objects.visible_to(request.user).filter(pk=action).exists()
    return way_to_row(action, chosen_in(request.GET)) if known else None


def way_to_row(action: int, chosen: str = "") -> WayBack:
    """The way to the row of an action that is known to be hers."""
    query = f"vy=egna{f'&{chosen}' if chosen else ''}"
    address = f"{reverse('issues:action_list')}?{query}#{anchor_of(action)}"
    return WayBack(OWN, action, address, "Tillbaka till era åtgärder", chosen=chosen)
