"""What the forms over a meeting have in common: where it is, who leads it, and from where in it another does."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from base.records.freetext import FreeLineFormField
from base.ui.fields import VersionField
from base.ui.forms import RegisterForm
from meetings.forms.attendance_row import SpotField
from meetings.models import Meeting
from meetings.models.spot import FIRST, Spot
from meetings.parts import parts_of
from members.models import Member

FACTS = ("place", "registry_no", "is_extra", "chair", "secretary")
SINCE = "Den som var det dessförinnan står kvar i anteckningarna med sin del av mötet. Välj hela mötet om det var fel."


class LedForm(RegisterForm):
    """Where a meeting is, and who leads it and writes."""

    place = FreeLineFormField(label="Plats", max_length=200, required=False, help_text="Rum eller länk.")
    chair = forms.ModelChoiceField(label="Ordförande", queryset=Member.objects.none(), empty_label=None)
    secretary = forms.ModelChoiceField(
        label="Sekreterare",
        queryset=Member.objects.none(),
        empty_label=None,
        help_text="Ordföranden, sekreteraren och samordnaren skriver på mötet.",
    )

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **kwargs)
        for name in ("chair", "secretary"):
            self.offer(name, Member.objects.of_the_group().in_order())


class OfMeetingForm(LedForm):
    """The same of a meeting that stands in the register, over the version that was shown.

    Of one that has begun it asks from which point another is chair or secretary: who was so keeps her part of the
    meeting.
    """

    submit_label = "Spara"

    began: datetime | None = None  # when it was held from, as typed

    since = SpotField(label="Den nya tar över från punkt", required=False, empty_value=None)
    version = VersionField()

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        self.meeting = meeting
        self._in_office = meeting.in_office
        kwargs.setdefault("initial", facts_of(meeting))
        super().__init__(*args, **kwargs)
        people = Member.objects.of_the_group() | Member.objects.filter(pk__in=[meeting.chair_id, meeting.secretary_id])
        for name in ("chair", "secretary"):
            self.offer(name, people.distinct().in_order())
        if meeting.started_at:
            points = parts_of(meeting, self.by)[0].first
            self.offer_choices("since", [("", "Ingen byts"), (str(FIRST), "Hela mötet"), *points[1:]])
            self.fields["since"].help_text = SINCE
        else:
            del self.fields["since"]

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        is_another = any(office in facts and facts[office].pk != was for office, was in self._in_office.items())
        if "since" in self.fields and is_another and not facts.get("since") and "since" not in self.errors:
            self.add_error("since", "Välj från vilken punkt den nya tar över, eller hela mötet.")
        return facts

    @property
    def since_spot(self) -> Spot:
        return self.cleaned_data.get("since") or FIRST

    @property
    def held_facts(self) -> dict[str, Any]:
        """What was typed of one that has begun; that it did so at the moment which was shown is nothing new."""
        began = {"held_from": self.began} if self.began not in (None, self.meeting.held_at) else {}
        return began | {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """The initial values of a form over the meeting."""
    starts, ends = timezone.localtime(meeting.starts_at), meeting.ends_at and timezone.localtime(meeting.ends_at)
    held_at = timezone.localtime(meeting.held_at)
    return {
        "held_on": held_at.date(),
        "held_from": held_at.time(),
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends and ends.time(),
        "version": meeting.version,
        **{name: getattr(meeting, name) for name in FACTS},
        "template": meeting.template_id,
    }
