"""Which organisations can be asked about an issue."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, prefetch_related_objects

from base.swedish.words import listed
from issues.models import Assignment, Issue
from issues.models.assignment import HAS_SAID_SO, answered_by, not_theirs
from issues.models.status import NOT_ENDED
from members.models import AnswersFor, Member, NoticeChoice, Organisation, Seat, Subject
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
    active = _with_mailed(Organisation.objects.active().in_order())
    if not issue.restricted:
        return active
    return active.filter(answered_by(issue.named.filter(is_active=True)))


def not_mailed(organisations: Iterable[Organisation], issue: Issue) -> str:
    """Ingen hos Polisen får mejl om det: … Of those without a mailbox where all who are to answer want no such mail.

    Nothing of what is restricted: of that the mails go to others, and tell nothing.
    """
    asked = [each for each in organisations if not each.takes_mail and not issue.restricted]
    if asked and not hasattr(asked[0], "is_mailed"):
        asked = list(_with_mailed(Organisation.objects.filter(pk__in=[each.pk for each in asked]).in_order()))
    names = [str(each) for each in asked if not each.is_mailed]  # type: ignore[attr-defined]  # annotated
    return f"Ingen hos {listed(names)} får mejl om det. Säg till på annat sätt." if names else ""


def _with_mailed(organisations: OrganisationQuerySet) -> OrganisationQuerySet:
    """Annotated with `is_mailed`: whether one who is to answer, as `answering_for` says it of one, wants the mail."""
    ended = NoticeChoice.objects.against(Subject.ASKED).values("member")
    seats = Seat.objects.current().filter(member__in=Member.objects.active())
    ordinary = seats.filter(role=Seat.Role.ORDINARY)
    handled = AnswersFor.objects.filter(member__in=Member.objects.active())
    sits, deputises, handles = (
        Q(pk__in=rows.exclude(member__in=ended).values("organisation")) for rows in (ordinary, seats, handled)
    )
    is_mailed = sits | handles | deputises & ~Q(pk__in=ordinary.values("organisation"))
    return organisations.annotate(is_mailed=ExpressionWrapper(is_mailed, output_field=BooleanField()))


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
