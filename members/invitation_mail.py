"""The mail of an invitation: with the link by which she chooses a password and is signed in."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone

from base.swedish.words import day_and_month, sentence
from members.inviting import INVITED, token_for
from members.models import Group, Invitation, NoticeCause
from members.models.invitation import OPEN_FOR
from members.outbox.kinds import NoticeKind, NoticeWords, Receiver, Way
from members.texts import invited_as


def _invited(cause: NoticeCause) -> Iterable[Receiver]:
    invitation = _in_force(cause)
    return [invitation.member] if invitation else []


def _tell_invited(cause: NoticeCause, receiver: Receiver) -> NoticeWords | None:
    """The link is made when the mail is: it leads in at the address that she has then."""
    invitation = _in_force(cause)
    if invitation is None:
        return None
    now = timezone.localtime()
    until = now + OPEN_FOR
    last = f"{day_and_month(until.date(), today=now.date())} klockan {until:%H.%M}"
    anew = Way("Be om en ny länk", reverse("account_reset_password"))
    by, url = invitation.invited_by, reverse("invitation", args=[token_for(invitation)])
    text = (
        f"{sentence(f'{by} har lagt in dig i gruppens register {invited_as(invitation.member)}')} "
        "Välj ett lösenord, så är du inloggad.\n\n"
        f"Länken gäller i {OPEN_FOR.days} dagar, till {last}, och kan användas en gång. Gäller den inte längre ber du "
        "om en ny.\n\n"
        f"Vet du inte vad det gäller? Svara på det här mejlet, så läser {by} det."
    )
    line = sentence(f"Du är inbjuden till {Group.current().name}")
    return NoticeWords(line, url, "Välj lösenord", text, replies_to=by.mail_address, ways=(anew,))


def _in_force(cause: NoticeCause) -> Invitation | None:
    invitation = Invitation.objects.select_related("member", "invited_by").get(pk=cause.key)
    return invitation if invitation.is_in_force else None


KINDS = (NoticeKind(INVITED, None, "en inbjudan", _invited, _tell_invited, alone=True),)
