from __future__ import annotations

from django.db import models
from django.db.models import Q


class Recurs(models.Model):
    """What a topic in words has that comes on the agenda of each usual meeting: a mark that is the same at all of them,
    the key of the item with which it began. A meeting takes it over from the one before, until it is ended at one.
    """

    recurs_as = models.BigIntegerField(null=True, editable=False)
    recurs_no_more = models.BooleanField(default=False, editable=False)  # it was ended at this one

    class Meta:
        abstract = True

    @property
    def recurs(self) -> bool:
        return self.recurs_as is not None and not self.recurs_no_more


COMES_BACK = Q(recurs_as__isnull=False, recurs_no_more=False)
RECURRING = [
    models.UniqueConstraint(fields=["meeting", "recurs_as"], name="recurring_point_once_on_an_agenda"),
    models.CheckConstraint(condition=Q(recurs_no_more=False) | Q(recurs_as__isnull=False), name="only_recurring_ends"),
]
