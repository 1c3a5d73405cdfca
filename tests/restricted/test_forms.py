"""What a form that is sent answers, as where the restricted never was: refusals tell nothing either."""

from django.urls import reverse

from tests.restricted.alike import *  # noqa: F403  the three tests
from tests.restricted.asking import send_to_what_is_restricted, send_what_names_it
from tests.restricted.twins import Twins
from tests.restricted.visiting import Visitor

ROLES = ("coordinator",)


def costing(twins: Twins, role: str) -> set[str]:
    """Striking an issue sends back what lies in it, and a restricted observation is one more. Closing a meeting reads
    what its decisions ask for, and where the only one is restricted that is read too. A version of minutes that is
    registered takes the masked copy of the one before with it, and one that is marked is packed as it is read.
    """
    costs = ("/stryk/", "registry_no=", "/registrerad/")
    closing = reverse("meetings:close", args=[twins.register.things["running"].pk])
    return {asked for asked in twins.costing(role) if any(words in asked for words in (*costs, closing))}


def journey(visitor: Visitor) -> None:
    for role in ROLES:
        send_to_what_is_restricted(visitor, role)
    send_what_names_it(visitor, "coordinator")
