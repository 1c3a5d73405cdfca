"""All places where people's words stand, of every app, and of the redactions themselves."""

from __future__ import annotations

from django.db.models import F, OuterRef, Subquery

import issues.redaction
import meetings.redaction
import members.redaction
from base.records.text_places import TextsOf
from temagrupp.redaction.models import RedactedPlace, Redaction


def _of_a_restricted(thing: str) -> Subquery:
    """The thing that a redaction was made in, one that is restricted before the others."""
    places = RedactedPlace.objects.filter(redaction=OuterRef("pk"))
    return Subquery(places.order_by(F(f"{thing}__restricted").desc(nulls_last=True)).values(thing)[:1])


OWN = TextsOf(
    Redaction,
    "{row}",
    {"why": "Skälet till"},
    issues=("of_issue",),
    observations=("of_observation",),
    by_number={"of_issue": _of_a_restricted("issue"), "of_observation": _of_a_restricted("observation")},
)
TEXTS: tuple[TextsOf, ...] = (*issues.redaction.TEXTS, *meetings.redaction.TEXTS, *members.redaction.TEXTS, OWN)
BY_TABLE = {texts.model._meta.db_table: texts for texts in TEXTS}
