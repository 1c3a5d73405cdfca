"""The mail of an invitation: with the link by which she chooses a password and is signed in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month
from members.inviting import INVITED, token_for
from members.models import Group, Invitation, NoticeCause
from members.models.invitation import OPEN_FOR
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver


def _invited(cause: NoticeCause) -> Iterable[Receiver]:
    invitation = _in_force(cause)
    return [invitation.member] if invitation else []


def _tell_invited(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """The link is made when the mail is: it leads in at the address that she has then."""
    invitation = _in_force(cause)
    if invitation is None:
        return None
    today = timezone.localdate()
    last_day = day_and_month(today + OPEN_FOR, today=today)
    by, url = invitation.invited_by, reverse("invitation", args=[token_for(invitation)])
    text = (
        f"{by} har lagt in dig i gruppens register. Välj ett lösenord, så är du inloggad.\n\n"
        f"Länken gäller till och med {last_day} och kan användas en gång. Gäller den inte längre väljer du ”Glömt "
        "lösenordet eller här för första gången?” på inloggningssidan.\n\n"
        f"Vet du inte vad det gäller, fråga {by}: {by.email}."
    )
    return NoticeWords(f"Du är inbjuden till {Group.current().name}.", url, "Välj lösenord", text)


def _in_force(cause: NoticeCause) -> Invitation | None:
    invitation = Invitation.objects.select_related("member", "invited_by").get(pk=cause.key)
    return invitation if invitation.is_in_force else None


KINDS = (NoticeKind(INVITED, None, "en inbjudan", _invited, _tell_invited, alone=True),)
