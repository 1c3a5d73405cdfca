from __future__ import annotations

from django.db import models
from django.db.models import Q


class ExtraAgenda(models.TextChoices):
    """What an extra meeting has on its agenda; what it has unless somebody chooses stands first."""

    SHORT = "short", "Kort: det mötet handlar om, och några få av de vanliga rubrikerna"
    WHOLE = "whole", "Hela, med det som registret tar upp"


SHORT_IS_EXTRA = models.CheckConstraint(
    condition=Q(is_short=False) | Q(is_extra=True),
    name="meeting_with_a_short_agenda_is_extra",
    violation_error_message="Dagordningen är kort, och det har bara ett extra möte. Hela tas med innan mötet börjar.",
)
