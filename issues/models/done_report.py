from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import transaction
from django.utils import timezone

from base.records import Conflict, NotAllowed
from issues.models.action import Action
from issues.models.answer import TIME_TO_WITHDRAW, time_to_withdraw
from issues.models.event import Event
from members.actor import Voice

A_MISTAKE = "Blev det fel kan samordnaren föreslå åtgärden på nytt."


def last_minute_of(action: Action) -> str:
    """The time of day until which the report that it is done can be taken back: 14.15."""
    return f"{timezone.localtime(action.done_at + TIME_TO_WITHDRAW):%H.%M}" if action.done_at else ""


@dataclass(frozen=True)
class DoneReport:
    """Ett besked att det är klart: the word of the organisation that has the action, as an answer is one.

    The action keeps its day and note while it stands, and its event who gave it and how it came. `TOLD_IN` are
    questions of the apps above, as of an answer.
    """

    TOLD_IN: ClassVar[list[Callable[[DoneReport], str]]] = []

    action: Action
    event: Event
    had_begun: bool

    @classmethod
    def of(cls, action: Action) -> DoneReport | None:
        """The one that stands. None where the action is not done, or was answered to be done already."""
        if action.state != Action.State.DONE:
            return None
        of_its_course = action.events.filter(kind__in=(Event.Kind.STARTED, Event.Kind.DONE)).order_by("pk")
        events = {event.kind: event for event in of_its_course}
        event = events.get(Event.Kind.DONE)
        return cls(action, event, Event.Kind.STARTED in events) if event and not event.answer_id else None

    def why_it_stands(self, at: datetime, *, leads: bool = False) -> str:
        """Why it cannot be taken back, inside a sentence; empty while it can. `leads` of the samordnare."""
        if at > self.event.at + time_to_withdraw(self.event.channel, leads=leads):
            return "det har gått mer än tio minuter"
        if self.action.has_more_after(self.event):
            return "det har hänt mer sedan dess"
        told = next(filter(None, (where(self) for where in self.TOLD_IN)), "")
        return told and f"beskedet står i {told}"

    @classmethod
    @transaction.atomic
    def withdraw(cls, action: Action, *, by: Voice, entry: str = "", at: datetime | None = None) -> None:
        """Take back that it is done, for as long as an answer can be: the action goes on as before.

        `entry` names the report that is meant. Raises Conflict when it is taken back, EditConflict when another has
        come since, NotAllowed when it stands for good.
        """
        action.lock()
        at = at or timezone.now()
        report = cls.of(action)
        if report is None:
            raise Conflict("Beskedet är redan taget tillbaka.")
        action.check_entry(entry, "Åtgärden är rapporterad klar på nytt")
        action.issue.lock()
        if why := report.why_it_stands(at, leads=by.leads):
            raise NotAllowed(f"Det går inte att ångra: {why}. {A_MISTAKE}")
        speaker = by.taking_back(report.event, action.current.organisation)
        told = {"text": action.done_note, "facts": {"done": report.event.pk}}
        action.go_back(Action.State.ONGOING if report.had_begun else Action.State.ACCEPTED, by=by, at=at)
        points = {"action": action, "assignment": action.current, **told}
        action.issue.record(Event.Kind.WITHDRAWN, by=speaker, at=at, **points)
