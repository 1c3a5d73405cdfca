"""The forms that plan, change and start a meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.urls import reverse
from django.utils import timezone

from base.records.freetext import FreeLineFormField
from base.swedish.clock import moment_of
from base.ui.fields import DateField, TimeField
from base.ui.forms import RegisterForm, at_field
from base.ui.undo import Undo
from base.ui.widgets import ChoiceRadios
from meetings.calling import call_of, has_been_told
from meetings.extra import plan_extra_meeting
from meetings.forms.of_meeting import FACTS, LedForm, OfMeetingForm, facts_of
from meetings.models import AgendaItem, AgendaTemplate, Meeting
from meetings.models.extra_agenda import ExtraAgenda
from meetings.planning import change_meeting, plan_meeting
from meetings.rhythm import days_of, proposed_day, usual_meetings
from meetings.starting import start_meeting
from meetings.texts.approving import struck_as_secretary
from meetings.texts.attendance import answers_dropped
from meetings.texts.calling import CHANGE_IS_TOLD
from meetings.texts.officers import relieved_words
from members.actor import Actor
from members.models import Member

USUALLY = ("starts", "ends", "place")
"""What is as it usually is, beside the day."""


ASKED_WHEN = {"held_on": "Välj vilken dag mötet hölls.", "held_from": "Skriv när mötet började."}
TEMPLATE_CHANGES = "Väljer du en annan mall får mötet dess rubriker, också där det har fått egna."


class ExtraAgendaField(forms.ChoiceField):
    """Whether an extra meeting has a short agenda or the whole; the short one unless somebody chooses."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=ExtraAgenda.choices,
            initial=ExtraAgenda.SHORT,
            widget=ChoiceRadios,
            help_text="Fram till mötet kan den göras hel, eller kort igen.",
            **kwargs,
        )

    def clean(self, value: Any) -> Any:
        return super().clean(value or ExtraAgenda.SHORT)


class MeetingFactsForm(LedForm):
    """When and where a meeting is, and who leads it and writes; its time must lie ahead."""

    missing = {"day": "Välj vilken dag mötet är.", "starts": "Skriv när mötet börjar."}
    starts_at: datetime
    ends_at: datetime | None
    known: Sequence[datetime | None] = ()  # the moments that it shows
    field_order: tuple[str, ...] = ("day", "starts", "ends", "place", *FACTS[1:], "template")

    day = DateField(label="Dag")
    starts = TimeField(label="Börjar")
    ends = TimeField(label="Slutar", required=False)
    registry_no = FreeLineFormField(label="Diarienummer", max_length=60, required=False)
    is_extra = forms.BooleanField(label="Extra möte, utöver de vanliga", required=False)
    template = forms.ModelChoiceField(label="Dagordningsmall", queryset=AgendaTemplate.objects.none(), empty_label=None)

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **{"initial": {"chair": by, "secretary": by}, **kwargs})
        self._offer_templates()

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
            **{name: data[name] for name in (*FACTS, "template") if name in data},
        }

    def _offer_templates(self) -> None:
        """Ask which template where there is more than one; the default one stands first."""
        templates = AgendaTemplate.objects.in_use()
        if len(templates) > 1:
            self.offer("template", templates)
            self.initial.setdefault("template", templates[0].pk)
        else:
            del self.fields["template"]

    def _has_been(self, moment: datetime) -> bool:
        return moment < timezone.now()


class MeetingForm(MeetingFactsForm):
    """Plans a meeting, as proposed at the usual time and place; one that was held is written down in a planned one."""

    submit_label = "Planera mötet"
    field_order = ("day", "starts", "ends", "place", "registry_no", "is_extra", "agenda")

    agenda = ExtraAgendaField(label="Det extra mötets dagordning")

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        usual = usual_meetings()
        proposal = proposed_day(days_of(usual), today=timezone.localdate())
        initial: dict[str, Any] = {"chair": by, "secretary": by}
        if proposal and proposal.series:
            initial |= {name: getattr(proposal.series, name) for name in USUALLY}
            initial |= {"chair": proposal.series.chair_id, "secretary": proposal.series.secretary_id}
            initial |= {"template": proposal.series.template_in_use} if proposal.series.template_in_use else {}
        elif proposal:
            initial |= {name: facts_of(usual[0])[name] for name in USUALLY}
        if proposal:
            initial["day"] = proposal.day
        super().__init__(*args, by=by, **{"initial": initial, **kwargs})
        self.fields["day"].help_text = proposal.why if proposal else ""

    @cached_property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.layout = Layout(
            *(Field(name, wrapper_class="reveal") if name == "agenda" else name for name in self.fields)
        )
        return helper

    def save(self) -> Meeting:
        facts = self.facts
        if facts.pop("is_extra"):
            return plan_extra_meeting(by=Actor.of(self.by), agenda=self.cleaned_data["agenda"], **facts)
        return plan_meeting(by=Actor.of(self.by), **facts)

    def receipt(self, saved: Meeting) -> str:
        return "Mötet är planerat."


class MeetingChangeForm(OfMeetingForm, MeetingFactsForm):
    """Changes the time, place, chair or secretary of a meeting that stands in the calendar, or is under way."""

    one_of = ("since", "held_on", "held_from")  # demanded when another is chosen, and of one under way

    held_on = DateField(label="Mötet hölls", required=False)
    held_from = TimeField(label="Mötet började", required=False)
    field_order = (
        "held_on",
        "held_from",
        "day",
        "starts",
        "ends",
        "place",
        "registry_no",
        "is_extra",
        "chair",
        "secretary",
        "since",
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.known = (meeting.starts_at, meeting.ends_at)
        self.sequence, self.is_told = meeting.sequence, meeting.is_planned and has_been_told(meeting)
        super().__init__(*args, meeting=meeting, **kwargs)
        self._ask_when()
        if self.is_told and "day" in self.fields:
            self.fields["day"].help_text = CHANGE_IS_TOLD
        if "template" in self.fields:
            self.fields["template"].help_text = TEMPLATE_CHANGES

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        for name, missing in ASKED_WHEN.items():
            if name in self.fields and name in self.data:  # a page from before it began does not ask
                self.ask_for(name, missing)
        if facts.get("held_on") and facts.get("held_from"):
            with at_field("held_from"):
                self.began = moment_of(facts["held_on"], facts["held_from"], known=[self.meeting.held_at])
        return facts

    def _ask_when(self) -> None:
        """Of one that has begun when it did, in place of when it was to be."""
        asked, others = ("held_on", "held_from"), ("day", "starts", "ends")
        for name in others if self.meeting.started_at else asked:
            del self.fields[name]

    @property
    def facts(self) -> dict[str, Any]:
        return self.held_facts if self.meeting.started_at else super().facts

    def save(self) -> Meeting:
        over = {"version": self.cleaned_data["version"], "since": self.since_spot}
        self.done = change_meeting(self.meeting, by=Actor.of(self.by), **over, **self.facts)
        return self.meeting

    def receipt(self, saved: Meeting) -> str:
        sentences = (
            "Ändringen är sparad.",
            *relieved_words(saved, self.done.relieving, since=self.since_spot),
            struck_as_secretary(self.done.struck) if self.done.struck else "",
            answers_dropped(self.done.dropped),
            CHANGE_IS_TOLD if self.is_told and saved.sequence != self.sequence else "",
        )
        return " ".join(filter(None, sentences))

    def _offer_templates(self) -> None:
        """Of one that has not begun; also the template that it has, if that is no longer in use."""
        templates = AgendaTemplate.objects.in_use() | AgendaTemplate.objects.filter(pk=self.meeting.template_id)
        if self.meeting.is_planned and len(templates) > 1:
            self.offer("template", templates)
        else:
            del self.fields["template"]

    def _has_been(self, moment: datetime) -> bool:
        """Whether the time is past and not the meeting's own, which it may keep when other facts are changed."""
        return super()._has_been(moment) and moment != self.meeting.starts_at


TODAY, PLANNED = "today", "planned"
A_WHILE = timedelta(minutes=30)
CORRECT_THE_START = "Började det tidigare? Rätta klockslaget under Ändra tid och plats."


class MeetingStartForm(RegisterForm):
    """Starts a meeting. `held` says whether it begins now, or was held on its day and is written down afterwards."""

    layout = ("held_from",)

    held = forms.ChoiceField(choices=[(TODAY, TODAY), (PLANNED, PLANNED)], required=False)
    held_from = TimeField(label="Mötet började", required=False, help_text="Den dagen. Gäller om mötet hölls då.")

    def __init__(self, *args: Any, meeting: Meeting, by: Member, **kwargs: Any) -> None:
        self.meeting, self.by, self.started_at = meeting, by, meeting.starts_at
        super().__init__(*args, **{"initial": {"held_from": timezone.localtime(meeting.starts_at).time()}, **kwargs})

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("held_from"):
            with at_field("held_from"):
                self.started_at = moment_of(self.meeting.planned_day, facts["held_from"], known=[self.started_at])
        return facts

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
        return bool(self.cleaned_data["held"] == PLANNED and self.started_at <= timezone.now())

    def save(self) -> AgendaItem | Meeting:
        """Start the meeting. Raises Conflict when it has begun."""
        start_meeting(self.meeting, by=Actor.of(self.by), started_at=self.started_at if self._is_over else None)
        return AgendaItem.objects.visible_to(self.by).at(self.meeting).current() or self.meeting

    def receipt(self, saved: AgendaItem | Meeting) -> str:
        if self._is_over:
            return "Skriv nu det som sades. Dagordningen ligger fast."
        call = call_of(self.meeting)
        unsent = "" if call is None or call.has_left else " Kallelsen hann inte gå ut och skickas inte."
        late = timezone.now() - self.meeting.starts_at
        began_before = (
            f" {CORRECT_THE_START}" if late > A_WHILE and self.meeting.day == self.meeting.planned_day else ""
        )
        return f"Mötet har börjat, och dagordningen ligger fast.{unsent}{began_before}"

    def undo(self, saved: AgendaItem | Meeting) -> Undo:
        return Undo(reverse("meetings:unstart", args=[self.meeting.pk]), {"entry": self.meeting.entry})
