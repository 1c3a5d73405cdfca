from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q

from base.records import Versioned
from members.models import Member


@pghistory.track()
class AccessGrant(Versioned):
    """A member's right to see one restricted issue and all that hangs on it, or one restricted observation."""

    append_only = True

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    issue = models.ForeignKey("issues.Issue", models.CASCADE, related_name="+", null=True)
    observation = models.ForeignKey("issues.Observation", models.CASCADE, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issue", "member"], name="issue_names_a_member_once"),
            models.UniqueConstraint(fields=["observation", "member"], name="observation_names_a_member_once"),
            models.CheckConstraint(
                condition=Q(issue__isnull=True, observation__isnull=False)
                | Q(issue__isnull=False, observation__isnull=True),
                name="access_grant_to_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} får se {self.issue or self.observation}"
