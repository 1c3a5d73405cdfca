"""The lists of actions: whose they are, who may know of them, and what is read with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from issues.models.action_status import Row, WithStatusQuerySet
from issues.models.assignment import Assignment
from issues.models.event import Event
from issues.models.handler import handler_left
from issues.models.issue import Issue
from issues.models.status import NOT_ENDED, ActionState
from members.models import Member


class ActionLists(WithStatusQuerySet[Row]):
    """What a member finds of the actions, and what is loaded with them."""

    def visible_to(self, member: Member) -> Self:
        """The actions of visible issues.

        A draft is part of the unfinished minutes it was typed into: the samordnare and whoever typed it know of it,
        the chair and the secretary read it in the room; everybody else when the meeting has closed and it is asked.
        A förvaltning that met it before then would plan for a question that may be struck.
        """
        visible = self.filter(Issue.visible_at("issue", member))
        return visible.known_to(member.pk, is_coordinator=member.is_coordinator)

    def known_to(self, member: int, *, is_coordinator: bool) -> Self:
        """Of visible issues those that the member of that key knows of, as `visible_to` says."""
        return self if is_coordinator else self.filter(self._handed_out() | Q(created_by=member))

    def handed_out(self) -> Self:
        """The actions that somebody was asked for: neither drafts nor drafts that were cancelled."""
        return self.filter(self._handed_out())

    def _handed_out(self) -> Q:
        asked = Assignment.objects.asked().filter(action=OuterRef("pk"))
        return ~Q(state=ActionState.DRAFT) & (~Q(state=ActionState.CANCELLED) | Q(Exists(asked)))

    def open(self) -> Self:
        """The unended actions: somebody has something left to do or to answer."""
        return self.filter(state__in=NOT_ENDED)

    def open_or_taken_back_since(self, since: datetime) -> Self:
        """The unended ones, and those that the group has taken back since then, with `taken_back_why`."""
        told = Event.objects.filter(action=OuterRef("pk"), kind=Event.Kind.CANCELLED).order_by("-pk")
        rows = self.annotate(taken_back_why=Subquery(told.values("text")[:1]))
        return rows.filter(Q(state__in=NOT_ENDED) | Q(state=ActionState.CANCELLED, state_since__gte=since))

    def assigned_to(self, organisation_ids: Iterable[int]) -> Self:
        """The actions whose current assignment is with one of the organisations."""
        return self.filter(pk__in=Assignment.objects.current().of(organisation_ids).values("action"))

    def with_current(self) -> Self:
        """With the current assignment, its organisation and answer: what the state's sentence is made of.

        With the issue too: an action shown is as restricted as its issue, which tells when it is read.
        """
        return self.of_issues_at_hand().select_related("issue")

    def of_issues_at_hand(self) -> Self:
        """As with_current(), beside issues that have been read: these become theirs."""
        at_hand = ("current__organisation", "current__answer", "current__progress", "escalation__ruling")
        return self.joined_current().select_related(*at_hand)

    def with_reminders(self) -> Self:
        """With `reminded_at`, when the organisation that has it now was reminded last."""
        told = Event.objects.filter(assignment=OuterRef("current"), kind=Event.Kind.REMINDED).order_by("-at")
        return self.joined_current().annotate(reminded_at=Subquery(told.values("at")[:1]))

    def with_about(self) -> Self:
        """With the current assignment, who answered and who handles it: what the small print is made of."""
        return self.with_current().with_who_answered()

    def with_who_answered(self) -> Self:
        """With who answered, and the handler and whether she has left."""
        told = self.select_related("current__answer__by", "current__handler")
        return told.annotate(handler_left=handler_left())

    def with_assignments(self) -> Self:
        """With the issue and every assignment, newest first, and the date changes of each: what its own page tells."""
        known = Assignment.objects.select_related(
            "organisation", "asked_by", "answer__by", "answer__passed_to", "progress", "handler"
        ).annotate(handler_left=handler_left(""))
        trail = known.order_by("-pk").prefetch_related("date_changes__by")
        return self.select_related("issue", "escalation__ruling").prefetch_related(
            models.Prefetch("assignments", queryset=trail)
        )


def in_order_of_need(actions: Iterable[Any], day: date) -> list[Any]:
    """Actions that are loaded, sorted as the queryset's method of the same name sorts them."""
    due = {one.pk: one.status_on(day).due(one.current) or date.max for one in actions}
    return sorted(actions, key=lambda one: (one.status_on(day), due[one.pk], one.pk))
