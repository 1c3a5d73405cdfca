"""The mail with a link to a new password, where the one that is sent at once could not be: the outbox has it then.

Who asks waits for it, and a run of the outbox may be a minute away; so it is owed only when sending it has failed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from members.models import Member, NoticeCause
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver
from members.reset_links import ResetLinkTokens

LINK = "members.link"
WAITED_FOR = timedelta(days=1)
"""So long after she asked somebody still waits for it."""


def owe_link(member: Member, *, at: datetime | None = None, uncertain: str = "") -> None:
    """Owe her the mail: asked again within a minute it is the same. `uncertain`: it may have come."""
    at = at or timezone.now()
    facts: dict[str, Any] = {"member": member.pk} | ({"uncertain": uncertain} if uncertain else {})
    cause = NoticeCause.of(LINK, f"{member.pk}.{at:%Y%m%d%H%M}", at=at, due=at, **facts)
    cause.address = member.email if uncertain else ""
    NoticeCause.objects.note([cause])


def _asking(cause: NoticeCause) -> Iterable[Receiver]:
    members: Iterable[Member] = Member.objects.active().filter(pk=cause.facts["member"])
    return members


def _tell_link(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """The link is made when the mail is, and so valid its whole time; of several that wait the last is sent."""
    if not isinstance(receiver, Member) or not _is_waited_for(cause, receiver):
        return None
    key = {"uidb36": user_pk_to_url_str(receiver), "key": ResetLinkTokens().make_token(receiver)}
    text = (
        f"Någon har begärt en länk för att välja lösenord för {receiver.email}. Var det du, öppna länken och välj ett "
        "lösenord.\n\nLänken gäller i tre dagar och går att använda en gång. Var det inte du behöver du inte göra "
        "något: inget är ändrat."
    )
    url = reverse("account_reset_password_from_key", kwargs=key)
    return NoticeWords("Välj ett lösenord till registret.", url, "Välj lösenord", text)


def _is_waited_for(cause: NoticeCause, member: Member) -> bool:
    """Whether she has not come in since, nor asked again, nor a day has passed."""
    asked = cause.happened_at
    has_come_in = member.last_login is not None and member.last_login > asked
    later = NoticeCause.objects.filter(kind=LINK, facts__member=member.pk, pk__gt=cause.pk)
    return not has_come_in and asked > timezone.now() - WAITED_FOR and not later.exists()


KINDS = (NoticeKind(LINK, None, "en länk för lösenord", _asking, _tell_link, alone=True, at_any_hour=True),)
