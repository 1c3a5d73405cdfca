from __future__ import annotations

import pghistory
from django.db import models

from base.records import Timestamped
from members.models import Member


@pghistory.track()
class Named(Timestamped):
    """One who may see a restricted issue and all that hangs on it."""

    issue = models.ForeignKey("issues.Issue", models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "member"], name="issue_names_a_member_once")]

    def __str__(self) -> str:
        return f"{self.member} får se {self.issue}"


@pghistory.track()
class ObservationNamed(Timestamped):
    """One who may see a restricted observation."""

    observation = models.ForeignKey("issues.Observation", models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["observation", "member"], name="observation_names_a_member_once")
        ]

    def __str__(self) -> str:
        return f"{self.member} får se {self.observation}"
