from __future__ import annotations

import pghistory
from django.db import models

from base.records import Timestamped
from issues.models.action import Action
from members.models import Organisation


@pghistory.track()
class ActionSupport(Timestamped):
    """An organisation that helps with an action without owning it."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "organisation"], name="action_supported_once")]

    def __str__(self) -> str:
        return f"{self.organisation} stöder {self.action}"
