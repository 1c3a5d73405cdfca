"""What is sent by a link is said once, however often it arrives: as long as what it said stands.

Who sends by a link has no account, so nothing can be forgotten for her when she takes it back, and others may take it
back too. So each sending keeps which event it wrote, and that event is asked when the same comes again.
"""

from __future__ import annotations

from uuid import UUID

from base.ui.models import SentForm
from issues.models import Action, Event


def is_said(key: UUID | None) -> bool:
    """Whether this very sending has been said and stands. Taken back since, it is said as if for the first time."""
    sent = SentForm.objects.filter(member=None, key=key).exclude(url="").first() if key else None
    if sent is None:
        return False
    if Event.objects.standing().filter(pk=sent.url).exists():
        return True
    SentForm.objects.forget(None, sent.key)
    return False


def keep_said(sent: SentForm, action: Action) -> None:
    """Keep what the sending said of the action: the event that has just been written. Its address is kept nowhere."""
    said = action.events.order_by("-pk").values_list("pk", flat=True)[:1]
    sent.url = str(said[0])
    sent.save(update_fields=["url"])
