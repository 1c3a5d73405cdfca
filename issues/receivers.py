"""Which organisations can be asked about an issue."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from issues.models import Issue
from members.models import Organisation, Seat
from members.models.organisation import OrganisationQuerySet

FEW = "Ärendet är begränsat. Bara den organisation kan väljas där någon som svarar för den får läsa ärendet."
"""What a form says where not all can be chosen."""


def tell_few(field: forms.Field, issue: Issue) -> None:
    """Say under a field that offers the receivers that not all of them can be chosen, where that is so."""
    if issue.restricted:
        field.help_text = FEW


def receivers(issue: Issue) -> OrganisationQuerySet:
    """The organisations that take part today, in order. Of a restricted issue those where one who answers is named.

    Nobody else of the others would know of the question.
    """
    active = Organisation.objects.active().in_order()
    if not issue.restricted:
        return active
    named = issue.named.all()
    seats = Seat.objects.current().filter(member__in=named)
    return active.filter(Q(pk__in=seats.values("organisation")) | Q(pk__in=named.values("answers_for")))
