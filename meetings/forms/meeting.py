"""The forms that plan, change and start a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from base.records.freetext import FreeLineFormField
from base.swedish.clock import moment_of
from base.ui.fields import DateField, TimeField, VersionField
from base.ui.forms import RegisterForm, at_field
from base.ui.undo import Undo
from meetings.calling import has_been_told
from meetings.models import AgendaItem, Meeting
from meetings.planning import change_meeting, plan_meeting
from meetings.rhythm import days_of, last_called_off, next_day, usual_meetings
from meetings.starting import start_meeting
from meetings.texts.attendance import answers_dropped
from meetings.texts.calling import CHANGE_IS_TOLD
from members.actor import Actor
from members.models import Member


class MeetingFactsForm(RegisterForm):
    """When and where a meeting is, and who leads it and writes; its time must lie ahead."""

    missing = {"day": "Välj vilken dag mötet är.", "starts": "Skriv när mötet börjar."}
    starts_at: datetime
    ends_at: datetime | None
    known: Sequence[datetime | None] = ()  # the moments that it shows

    day = DateField(label="Dag")
    starts = TimeField(label="Börjar")
    ends = TimeField(label="Slutar", required=False)
    place = FreeLineFormField(label="Plats", max_length=200, required=False, help_text="Rum eller länk.")
    is_extra = forms.BooleanField(label="Extra möte, utöver de vanliga", required=False)
    chair = forms.ModelChoiceField(label="Ordförande", queryset=Member.objects.none(), empty_label=None)
    secretary = forms.ModelChoiceField(
        label="Sekreterare",
        queryset=Member.objects.none(),
        empty_label=None,
        help_text="Ordföranden, sekreteraren och samordnaren skriver på mötet.",
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **{"initial": {"chair": by, "secretary": by}, **kwargs})
        for name in ("chair", "secretary"):
            self.offer(name, Member.objects.of_the_group().in_order())

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        day, starts, ends = facts.get("day"), facts.get("starts"), facts.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "Mötet slutar innan det börjar.")
        if day and starts and not self.errors:
            with at_field("starts"):
                self.starts_at = moment_of(day, starts, known=self.known)
            with at_field("ends"):
                self.ends_at = moment_of(day, ends, known=self.known, after=self.starts_at) if ends else None
            if self._has_been(self.starts_at):
                self.add_error("day", "Den tiden har redan varit. Välj en dag som kommer.")
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, for the model's verbs."""
        data = self.cleaned_data
        return {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            **{name: data[name] for name in ("place", "is_extra", "chair", "secretary")},
        }

    def _has_been(self, moment: datetime) -> bool:
        return moment < timezone.now()


class MeetingForm(MeetingFactsForm):
    """Plans a meeting, as proposed at the usual time and place; one that was held is written down in a planned one."""

    submit_label = "Planera mötet"

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        usual = usual_meetings()
        initial: dict[str, Any] = {"chair": by, "secretary": by}
        why = ""
        if usual:
            proposal = next_day(days_of(usual), today=timezone.localdate(), off=last_called_off())
            asked, why = facts_of(usual[0]), proposal.why
            initial |= {name: asked[name] for name in ("starts", "ends", "place")} | {"day": proposal.day}
        super().__init__(*args, by=by, **{"initial": initial, **kwargs})
        self.fields["day"].help_text = why

    def save(self) -> Meeting:
        return plan_meeting(by=Actor.of(self.by), **self.facts)

    def receipt(self, saved: Meeting) -> str:
        return "Mötet är planerat."


class MeetingChangeForm(MeetingFactsForm):
    """Changes the time, place, chair or secretary of a meeting that stands in the calendar."""

    submit_label = "Spara"

    version = VersionField()

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting, self.known = meeting, (meeting.starts_at, meeting.ends_at)
        self.sequence, self.is_told = meeting.sequence, meeting.is_planned and has_been_told(meeting)
        kwargs.setdefault("initial", facts_of(meeting))
        super().__init__(*args, **kwargs)
        people = Member.objects.of_the_group() | Member.objects.filter(pk__in=[meeting.chair_id, meeting.secretary_id])
        for name in ("chair", "secretary"):
            self.offer(name, people.distinct().in_order())
        if self.is_told:
            self.fields["day"].help_text = CHANGE_IS_TOLD

    def save(self) -> Meeting:
        version = self.cleaned_data["version"]
        self.dropped = change_meeting(self.meeting, by=Actor.of(self.by), version=version, **self.facts)
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        told = CHANGE_IS_TOLD if self.is_told and saved.sequence != self.sequence else ""
        return " ".join(filter(None, ("Ändringen är sparad.", answers_dropped(self.dropped), told)))

    def _has_been(self, moment: datetime) -> bool:
        """Whether the time is past and not the meeting's own, which it may keep when other facts are changed."""
        return super()._has_been(moment) and moment != self.meeting.starts_at


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """The initial values of a form over the meeting."""
    starts, ends = timezone.localtime(meeting.starts_at), meeting.ends_at and timezone.localtime(meeting.ends_at)
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends and ends.time(),
        "version": meeting.version,
        **{name: getattr(meeting, name) for name in ("place", "is_extra", "chair", "secretary")},
    }


TODAY, PLANNED = "today", "planned"


class MeetingStartForm(RegisterForm):
    """Starts a meeting. `held` says whether it begins now, or was held on its day and is written down afterwards."""

    held = forms.ChoiceField(choices=[(TODAY, TODAY), (PLANNED, PLANNED)], required=False)

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by = meeting, by
        super().__init__(*args, **kwargs)

    @property
    def asks(self) -> bool:
        """Whether the member must choose the day, also when her page was loaded on another day than today."""
        other_day = self.meeting.is_planned and self.meeting.planned_day != timezone.localdate()
        return other_day and self.is_valid() and not self._answered

    @property
    def _answered(self) -> bool:
        """Whether the choice is made and possible: a meeting of a coming day cannot have been held."""
        held = self.cleaned_data["held"]
        return held == TODAY or (held == PLANNED and self.meeting.planned_day < timezone.localdate())

    @property
    def _is_over(self) -> bool:
        """Whether the meeting was held on its planned day and is written down afterwards."""
        return bool(self.cleaned_data["held"] == PLANNED and self.meeting.starts_at <= timezone.now())

    def save(self) -> AgendaItem | Meeting:
        """Start the meeting. Raises Conflict when it has begun."""
        start_meeting(self.meeting, by=Actor.of(self.by), started_at=self.meeting.starts_at if self._is_over else None)
        return AgendaItem.objects.visible_to(self.by).at(self.meeting).current() or self.meeting

    def receipt(self, saved: AgendaItem | Meeting) -> str:
        if self._is_over:
            return "Skriv nu det som sades. Dagordningen ligger fast."
        return "Mötet har börjat, och dagordningen ligger fast."

    def undo(self, saved: AgendaItem | Meeting) -> Undo:
        return Undo(reverse("meetings:unstart", args=[self.meeting.pk]), {"entry": self.meeting.entry})
