"""Which organisations can be asked about an issue."""

from __future__ import annotations

from django import forms

from issues.models import Assignment, Issue
from issues.models.assignment import answered_by
from issues.models.status import NOT_ENDED
from members.models import Member, Organisation
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
    return active.filter(answered_by(issue.named.filter(is_active=True)))


def left_without(issue: Issue, member: Member) -> OrganisationQuerySet:
    """Those with a question or a promise, and with nobody who answers named but the member."""
    current = Assignment.objects.current().asked().filter(action__issue=issue, action__state__in=NOT_ENDED)
    named = issue.named.filter(is_active=True)
    hers, others = answered_by(named.filter(pk=member.pk)), answered_by(named.exclude(pk=member.pk))
    return Organisation.objects.in_order().filter(hers, pk__in=current.values("organisation")).exclude(others)
