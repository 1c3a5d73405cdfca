"""The forms of an invitation: to one, to all who have not signed in, and hers who comes in by one."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from base.records import Conflict
from base.swedish.words import capital, in_words
from base.ui.forms import RegisterForm
from members.actor import Actor
from members.inviting import invite, invite_the_rest
from members.models import Member
from members.models.quiet_hours import at_night


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
        return f"{self.member} är bjuden. Mejlet går till {self.member.email}. {at_night()}".rstrip()


class InviteAllForm(RegisterForm):
    """Invites all who have not signed in, but for those who were invited lately."""

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        self.invited, self.left = invite_the_rest(by=Actor.of(self.by))
        if not self.invited:
            raise Conflict(f"{self._left_words() or 'Alla har redan loggat in.'} Inget mejl är skickat.")
        return reverse("members:invitations")

    def receipt(self, saved: Any) -> str:
        count = in_words(len(self.invited), "medlem är bjuden", "medlemmar är bjudna")
        return " ".join(filter(None, [f"{capital(count)}.", self._left_words(), at_night()]))

    def _left_words(self) -> str:
        """Why some got nothing, and what to do for one whose mail has not come."""
        if not self.left:
            return ""
        count = in_words(len(self.left), "medlem bjöds", "medlemmar bjöds")
        return f"{capital(count)} in det senaste dygnet och får inget nytt mejl. Bjud in en i taget om det behövs."
