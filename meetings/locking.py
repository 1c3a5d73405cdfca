"""Locks the rows that closing a meeting writes, in the same order for closing and for undoing it.

Actions first and then issues, as the verbs of an action do, each by its key: nobody waits for one who waits for her.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from issues.models import Action, Assignment, Issue, NilReport
from issues.models.answer import TIME_TO_CHECK, TIME_TO_WITHDRAW
from meetings.models import AgendaItem, Decision, Meeting
from members.actor import Channel


def lock_actions(meeting: Meeting) -> list[Action]:
    """Lock and return the actions that the meeting decided to propose or lift, so that no answer comes in between."""
    return _locked(_proposed_at(meeting))


def lock_what_is_told(meeting: Meeting) -> None:
    """Lock those actions, those of which an answer, how far it is or that it is done may be taken back, and such nils.

    Until the minutes are frozen, for what they tell stands.
    """
    since, by_link = timezone.now() - TIME_TO_WITHDRAW, timezone.now() - TIME_TO_CHECK
    lately = Q(answer__given_at__gte=since) | Q(progress__created_at__gte=since)
    lately |= Q(answer__channel=Channel.LINK, answer__given_at__gte=by_link)
    told = Q(pk__in=Assignment.objects.filter(lately).values("action")) | Q(done_at__gte=by_link)
    _locked(_proposed_at(meeting) | told)
    list(NilReport.objects.filter(created_at__gte=since).select_for_update(no_key=True).order_by("pk"))


def lock_issues(meeting: Meeting) -> list[Issue]:
    """Lock and return the issues that a closed meeting has discussed or decided about; before it closes, all of them.

    What was answered at the meeting is discussed, marked or not.
    """
    items = AgendaItem.objects.at(meeting).filter(removed=False)
    touched = Q(discussed_at__isnull=False) | Q(decisions__isnull=False)
    issues = Issue.with_struck.filter(pk__in=(items.filter(touched) if meeting.is_closed else items).values("issue"))
    return list(issues.select_for_update(no_key=True).order_by("pk"))


def _proposed_at(meeting: Meeting) -> Q:
    decisions = Decision.with_struck.at(meeting).order_by()
    lifted = decisions.filter(kind=Decision.Kind.ESCALATE).values("lifts")
    return Q(pk__in=decisions.filter(kind=Decision.Kind.PROPOSE).values("actions")) | Q(pk__in=lifted)


def _locked(which: Q) -> list[Action]:
    return list(Action.objects.filter(which).select_for_update(no_key=True).order_by("pk"))
