from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from base.records import StoredRow
from members.models.member import Member

OPEN_FOR = timedelta(days=14)
"""How long the link in the mail of an invitation can be used."""


class Invitation(StoredRow):
    """That the samordnare has asked a member, who has never signed in, to come in. The latest is the one in force."""

    append_only = True

    member = models.ForeignKey(Member, models.PROTECT, related_name="invitations", db_index=False)
    invited_by = models.ForeignKey(Member, models.PROTECT, related_name="+", db_index=False)
    invited_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["member", "-id"], name="invitation_of_a_member")]

    def __str__(self) -> str:
        return f"{self.member}, {self.invited_at:%Y-%m-%d}"

    @property
    def is_in_force(self) -> bool:
        """Whether she may still come in by it: she never has, may sign in, and has not been invited anew."""
        member = self.member
        may_come_in = member.is_active and member.last_login is None
        return may_come_in and not Invitation.objects.filter(member=member, pk__gt=self.pk).exists()
