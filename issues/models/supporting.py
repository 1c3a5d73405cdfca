from __future__ import annotations

from collections.abc import Iterable

import pghistory
from django.core.exceptions import ValidationError
from django.db import models

from base.records import Timestamped
from base.swedish.order import swedish_key
from base.swedish.words import listed
from members.models import Organisation


@pghistory.track()
class ActionSupport(Timestamped):
    """An organisation that helps with an action without owning it."""

    append_only = True

    action = models.ForeignKey("issues.Action", models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "organisation"], name="action_supported_once")]

    def __str__(self) -> str:
        return f"{self.organisation} stöder {self.action}"


def ensure_others_support(asked: Iterable[Organisation], supporting: Iterable[Organisation]) -> None:
    """Raises ValidationError, about `supporting`, that names all who would support what they are asked themselves."""
    if both := set(asked) & set(supporting):
        names = listed(sorted(map(str, both), key=swedish_key))
        raise ValidationError({"supporting": f"{names} får själv frågan. Välj bara dem som stöder någon annan."})
