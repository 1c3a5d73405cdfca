"""The forms of an organisation that has said yes: begun, how far it has come, reviewed, another day, done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from base.swedish.working_days import working_day_from
from base.ui.fields import ComingDay, ShownDay, field_of
from base.ui.said_day import SaidDayField
from base.ui.undo import Undo
from issues.forms.action_step import ActionForm, DoneForm, Side
from issues.forms.taking_back import undo_of_done
from issues.models import Action, ActionStatus, Assignment, DateChange, Progress
from issues.models.done_report import last_minute_of
from issues.texts.action import promised
from members.models import Member

REVIEWED_AFTER = 182
"""Days to the next review that is suggested: half a year, and on to a day when somebody works."""


def is_late(action: Action) -> bool:
    """Whether the day that was promised has passed."""
    return action.status_on(timezone.localdate()) == ActionStatus.LATE


class StartForm(ActionForm):
    """Reports that the organisation has started."""

    side = Side.PROGRESS
    prefix = "paborjad"
    summary = "Vi har börjat"
    route = "issues:action_start"
    submit_label = "Vi har börjat"
    outcome = "påbörjad"

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.is_quiet = is_late(self.action)  # to have begun is no answer to what is waited for then
        if self.on_behalf:
            self.submit_label = "De har börjat"

    @property
    def words(self) -> str:
        return self.submit_label

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.ONGOING)

    def save(self) -> Action:
        self.action.start(by=self.voice)
        return self.action


class FinishForm(DoneForm):
    """Reports the action done, with a note from which the feedback to reporters is written."""

    side = Side.PROGRESS
    prefix = "klar"
    summary = "Rapportera klar"
    outcome = "rapporterad klar"
    route = "issues:action_finish"
    submit_label = "Rapportera klar"
    day_asked = "När blev det klart?"

    @property
    def last_minute(self) -> str:
        return last_minute_of(self.action)

    def undo(self, saved: Action) -> Undo | None:
        return self.leading_back(undo_of_done(self.action))

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_promised

    def save(self) -> Action:
        self.action.finish(note=self.cleaned_data["note"], done_on=self.cleaned_data["done_on"], by=self.voice)
        return self.action


class ProgressForm(ActionForm):
    """Tells how far it has come, in one line."""

    side = Side.PROGRESS
    prefix = "lage"
    summary = "Berätta hur långt det har kommit"
    outcome = "läget är sparat"
    route = "issues:action_progress"
    submit_label = "Spara läget"
    missing = {"text": "Skriv hur långt det har kommit."}

    text = field_of(Progress, "text", label="Hur långt har det kommit?", help_text="Till exempel: 4 av 6 lampor bytta.")

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_promised

    def undo(self, saved: Action) -> Undo | None:
        return Undo(self.address("issues:progress_withdraw", self.told.pk))

    def save(self) -> Action:
        self.told = Progress.tell(self.assignment, text=self.cleaned_data["text"], by=self.voice)
        return self.action


class ChangeDateForm(ActionForm):
    """Changes the promised day, with a reason for the group."""

    side = Side.PROGRESS
    prefix = "datum"
    summary = "Ändra datumet"
    route = "issues:action_change_date"
    submit_label = "Ändra datumet"
    missing = {"planned": "Skriv det nya datumet.", "reason": "Skriv varför datumet flyttas."}

    old = ShownDay()
    planned = SaidDayField(label="Klart i stället")
    reason = field_of(DateChange, "reason", label="Varför?", required=True, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.initial["old"] = lambda: assignment.planned

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_promised

    @property
    def outcome(self) -> str:
        return f"nytt datum, {promised(self.assignment, timezone.localdate())}"

    def save(self) -> Action:
        facts = self.cleaned_data
        DateChange.make(
            self.assignment,
            old=facts["old"],
            new=facts["planned"],
            reason=facts["reason"],
            by=self.voice,
        )
        return self.action


class ReviewForm(ActionForm):
    """Reviews what runs on: it goes on to the next review, in one step and without a reason."""

    side = Side.PROGRESS
    prefix = "avstamning"
    summary = "Stäm av"
    outcome = "avstämd, fortsätter löpande"
    route = "issues:action_review"
    submit_label = "Stäm av, fortsätter löpande"
    missing = {"review": "Skriv när det ska stämmas av nästa gång."}

    old = ShownDay()
    review = ComingDay(label="Stäms av nästa gång")
    note = field_of(DateChange, "reason", label="Hur går det?", required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.initial["old"] = lambda: assignment.planned
        self.initial["review"] = working_day_from(timezone.localdate() + timedelta(days=REVIEWED_AFTER))

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        planned = action.current.planned_day
        return action.is_promised and planned is not None and planned.is_running

    def save(self) -> Action:
        facts = self.cleaned_data
        days = {"old": facts["old"], "next_review": facts["review"]}
        DateChange.review(self.assignment, **days, note=facts["note"], by=self.voice)
        return self.action


PROGRESS = (ReviewForm, StartForm, FinishForm, ProgressForm, ChangeDateForm)
