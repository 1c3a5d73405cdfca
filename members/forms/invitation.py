"""The forms of an invitation: to one, to all who have not signed in, and hers who comes in by one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from base.records import Conflict
from base.swedish.words import in_words
from base.ui.forms import RegisterForm
from members.actor import Actor
from members.inviting import invite
from members.models import Member


class InviteForm(RegisterForm):
    """Invites one member."""

    def __init__(self, *args: Any, member: Member, by: Member, **kwargs: Any) -> None:
        self.member, self.by = member, by
        super().__init__(*args, **kwargs)

    def save(self) -> Member:
        if not invite(Member.objects.filter(pk=self.member.pk), by=Actor.of(self.by)):
            raise Conflict(f"{self.member} har redan loggat in eller kan inte logga in. Inget mejl är skickat.")
        return self.member

    def receipt(self, saved: Any) -> str:
        return f"{self.member} är bjuden. Mejlet går till {self.member.email}. {AT_NIGHT}"


class InviteAllForm(RegisterForm):
    """Invites all who have not signed in."""

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        self.invited = invite(Member.objects.all(), by=Actor.of(self.by))
        if not self.invited:
            raise Conflict("Alla har redan loggat in. Inget mejl är skickat.")
        return reverse("members:invitations")

    def receipt(self, saved: Any) -> str:
        count = in_words(len(self.invited), "medlem är bjuden", "medlemmar är bjudna")
        return f"{count[:1].upper()}{count[1:]}. {AT_NIGHT}"


AT_NIGHT = "Mellan 20 och 7 väntar mejl till morgonen."
