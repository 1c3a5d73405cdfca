"""The mails that tell of a change in an account, where what was sent at once could not be: the outbox has them then.

Like the link to a new password they are owed only when sending has failed. They are written anew from the register,
in the words of the same templates, to the address that the receiver has then; that she has left an address is told
there. One who may not sign in any longer is told of her own account too.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from members.models import Member, NoticeCause
from members.models.account_state import AccountState
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver

ACCOUNT = "members.account"
LEFT = "members/email/address_left"


def owe(
    template: str,
    *,
    to: Member,
    about: Member,
    by: Member,
    was_active: bool = True,
    address: str = "",
    uncertain: str = "",
) -> None:
    """Owe a member the mail of that template: never its words, and no address but one that it may be at, or is to."""
    at = timezone.now()
    facts: dict[str, Any] = {
        "template": template,
        "to": to.pk,
        "about": about.pk,
        "by": by.pk,
        "was_active": was_active,
    }
    if uncertain:  # it may have come
        facts["uncertain"] = uncertain
    cause = NoticeCause.of(ACCOUNT, f"{to.pk}.{about.pk}.{at:%Y%m%d%H%M%S%f}", at=at, due=at, **facts)
    if uncertain or template == LEFT:
        cause.address = address or to.email
    NoticeCause.objects.note([cause])


def _named_in(cause: NoticeCause) -> Iterable[Receiver]:
    members: Iterable[Member] = Member.objects.filter(pk=cause.facts["to"])
    is_own = cause.facts["about"] == cause.facts["to"]
    return [member for member in members if member.is_active or is_own]


def _tell_change(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """What was changed; nothing where it is otherwise by now, or a later one tells the same."""
    template, about = cause.facts["template"], Member.objects.get(pk=cause.facts["about"])
    same = {name: cause.facts[name] for name in ("template", "to", "about")}
    later = NoticeCause.objects.filter(kind=ACCOUNT, pk__gt=cause.pk, facts__contains=same)
    if template == LEFT:
        later = later.filter(address=cause.address)
    if not isinstance(receiver, Member) or not _is_so(template, about) or later.exists():
        return None
    by = Member.objects.get(pk=cause.facts["by"])
    ask = Member.objects.whom_to_ask(receiver, by=by, about=about)
    before = {"is_active": cause.facts["was_active"]}
    told = {"member": about, "by": by, "before": before, "ask": ask, "email": receiver.email, "in_letter": True}
    line = " ".join(render_to_string(f"{template}_subject.txt", told).split())
    text = render_to_string(f"{template}_message.txt", told).strip()
    has_left = template == LEFT
    signs_in = receiver.is_active and not has_left
    url, to_do = (reverse("account_login"), "Till inloggningen") if signs_in else ("/", "Till registret")
    return NoticeWords(f"{line}.", url, to_do, text, to=cause.address if has_left else "")


def _is_so(template: str, about: Member) -> bool:
    """Whether one who was told to lead does, and one who was told to lead no more does not; the rest stays so."""
    is_given, is_taken = ("coordinator_given" in template), ("coordinator_taken" in template)
    leads = AccountState.of(about).leads
    return not (is_given and not leads) and not (is_taken and leads)


ABOUT = "en ändring i ett konto"
KINDS = (NoticeKind(ACCOUNT, None, ABOUT, _named_in, _tell_change, alone=True, at_any_hour=True, to_closed=True),)
