"""What is told when somebody opens a restricted thing: a row that those named read, and a line of the security log."""

from collections.abc import Iterable

from base.logs.security import SecurityEvent, happened
from base.records import Restrictable
from issues.models import Opening
from members.access import MemberRequest

How = Opening.How
PAGE, ITEM, MINUTES, MASKING, SEARCH = How.PAGE, How.ITEM, How.MINUTES, How.MASKING, How.SEARCH
APPENDIX, ANNEX = How.APPENDIX, How.ANNEX


def tell_opened(request: MemberRequest, how: Opening.How = PAGE, **things: Restrictable | None) -> None:
    """Keep and tell which of the things are restricted, now that the member opens them: `issue=…, observation=…`."""
    tell_all_opened(request, how, filter(None, things.values()))


def tell_all_opened(request: MemberRequest, how: Opening.How, things: Iterable[Restrictable]) -> None:
    """Keep and tell which of the issues and observations are restricted; one statement, however many.

    A HEAD brings nothing that could be read, and opens nothing.
    """
    restricted = [thing for thing in things if thing.restricted]
    if request.method == "HEAD" or not restricted:
        return
    Opening.write(request.user, how, restricted)
    for thing in restricted:
        happened(SecurityEvent.RESTRICTED_OPENED, **{str(thing._meta.model_name): thing.pk})
