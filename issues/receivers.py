"""Which organisations can be asked about an issue."""

from __future__ import annotations

from django import forms
from django.db.models import Q, QuerySet

from issues.models import Assignment, Issue
from issues.models.status import NOT_ENDED
from members.models import AnswersFor, Member, Organisation, Seat
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
    return active.filter(_answered_by(issue.named.all()))


def left_without(issue: Issue, member: Member) -> OrganisationQuerySet:
    """Those with a question or a promise, and with nobody who answers named but the member."""
    current = Assignment.objects.current().asked().filter(action__issue=issue, action__state__in=NOT_ENDED)
    hers, others = _answered_by(issue.named.filter(pk=member.pk)), _answered_by(issue.named.exclude(pk=member.pk))
    return Organisation.objects.in_order().filter(hers, pk__in=current.values("organisation")).exclude(others)


def _answered_by(members: QuerySet[Member]) -> Q:
    """The organisations that one of the members answers for, or sits for."""
    seats = Seat.objects.current().filter(member__in=members)
    handled = AnswersFor.objects.filter(member__in=members)
    return Q(pk__in=seats.values("organisation")) | Q(pk__in=handled.values("organisation"))
