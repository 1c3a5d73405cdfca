"""The mails that tell of a change in an account, where what was sent at once could not be: the outbox has them then.

Like the link to a new password they are owed only when sending has failed. They are written anew from the register,
in the words of the same templates, to the address that the receiver has then.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.template.loader import render_to_string
from django.urls import reverse

from members.mails import ACCOUNT
from members.models import Member, NoticeCause
from members.models.account_state import AccountState
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver


def _named_in(cause: NoticeCause) -> Iterable[Receiver]:
    members: Iterable[Member] = Member.objects.active().filter(pk=cause.facts["to"])
    return members


def _tell_change(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """What was changed; nothing where it is otherwise by now, or a later one tells the same."""
    template, about = cause.facts["template"], Member.objects.get(pk=cause.facts["about"])
    same = {"template": template, "to": cause.facts["to"], "about": about.pk}
    later = NoticeCause.objects.filter(kind=ACCOUNT, pk__gt=cause.pk, facts__contains=same)
    if not isinstance(receiver, Member) or not _is_so(template, about) or later.exists():
        return None
    by = Member.objects.get(pk=cause.facts["by"])
    ask = Member.objects.whom_to_ask(receiver, by=by, about=about)
    before = {"is_active": cause.facts["was_active"]}
    told = {"member": about, "by": by, "before": before, "ask": ask, "email": receiver.email, "in_letter": True}
    line = " ".join(render_to_string(f"{template}_subject.txt", told).split())
    text = render_to_string(f"{template}_message.txt", told).strip()
    return NoticeWords(f"{line}.", reverse("account_login"), "Till inloggningen", text)


def _is_so(template: str, about: Member) -> bool:
    """Whether one who was told to lead does, and one who was told to lead no more does not; the rest stays so."""
    is_given, is_taken = ("coordinator_given" in template), ("coordinator_taken" in template)
    leads = AccountState.of(about).leads
    return not (is_given and not leads) and not (is_taken and leads)


KINDS = (NoticeKind(ACCOUNT, None, "en ändring i ett konto", _named_in, _tell_change, alone=True, at_any_hour=True),)
