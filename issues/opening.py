"""What is told when somebody opens a restricted thing: a row that those named read, and a line of the security log."""

from base.logs.security import SecurityEvent, happened
from base.records import Restrictable
from issues.models import Opening
from members.access import MemberRequest

PAGE, ITEM, MINUTES, MASKING = Opening.How.PAGE, Opening.How.ITEM, Opening.How.MINUTES, Opening.How.MASKING


def tell_opened(request: MemberRequest, how: Opening.How = PAGE, **things: Restrictable | None) -> None:
    """Keep and tell which of the things are restricted, now that the member opens them: `issue=…, observation=…`.

    A HEAD brings nothing that could be read, and opens nothing.
    """
    restricted = {name: thing for name, thing in things.items() if thing and thing.restricted}
    if request.method == "HEAD" or not restricted:
        return
    Opening.write(request.user, how, restricted)
    for name, thing in restricted.items():
        happened(SecurityEvent.RESTRICTED_OPENED, **{name: thing.pk})
