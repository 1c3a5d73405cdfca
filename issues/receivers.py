"""Which organisations can be asked about an issue."""

from __future__ import annotations

from django import forms
from django.db.models import Prefetch, prefetch_related_objects

from base.swedish.words import listed
from issues.models import Assignment, Issue
from issues.models.assignment import HAS_SAID_SO, answered_by, not_theirs
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


def say_whose_it_is_not(field: forms.Field, question: Assignment, then: str) -> list[Organisation]:
    """Say under a field of receivers who have said that it is not theirs, and what follows; return them.

    Not the one that is asked, of which the page tells.
    """
    answered = Assignment.objects.select_related("organisation", "answer")
    prefetch_related_objects([question.action], Prefetch("assignments", answered))
    others = [each for each in not_theirs(question.action.assignments.all()) if each != question.organisation]
    if others:
        told = f"{listed([str(each) for each in others])} {HAS_SAID_SO}. {then}"
        field.help_text = " ".join(filter(None, [str(field.help_text), told]))
    return others


def left_without(issue: Issue, member: Member) -> OrganisationQuerySet:
    """Those with a question or a promise, and with nobody who answers named but the member."""
    current = Assignment.objects.current().asked().filter(action__issue=issue, action__state__in=NOT_ENDED)
    named = issue.named.filter(is_active=True)
    hers, others = answered_by(named.filter(pk=member.pk)), answered_by(named.exclude(pk=member.pk))
    return Organisation.objects.in_order().filter(hers, pk__in=current.values("organisation")).exclude(others)
