"""The form that enters a meeting which was held on paper."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone

from base.files.forms import CHOOSE_AGAIN, ChosenFiles, FilesField
from base.records.freetext import FreeLineFormField, FreeTextFormField
from base.swedish.clock import moment_of
from base.swedish.words import capital
from base.ui.fields import DateField, TimeField
from base.ui.forms import RegisterForm, at_field
from base.ui.undo import Undo
from meetings.models import Minutes
from meetings.models.held import NOT_ENDED_YET
from meetings.on_paper import NOT_YET, enter_meeting
from members.actor import Actor
from members.models import Member, Organisation

OLD_MINUTES = "Blir bilaga 1. {} säger att originalet finns där."


class OnPaperForm(RegisterForm):
    """Enters a meeting: its times, who was there and what was decided, a line each, and its old minutes as a file."""

    submit_label = "Skriv in mötet"
    error_title = "Mötet är inte inskrivet"
    takes_long = "Granskar filen och skriver in mötet. Det kan ta en halv minut."
    missing = {"day": "Välj vilken dag mötet var.", "starts": "Skriv när mötet började."}
    about_persons = ("people",)
    starts_at: datetime
    ends_at: datetime | None

    day = DateField(label="Dag")
    starts = TimeField(label="Började")
    ends = TimeField(label="Slutade", required=False)
    place = FreeLineFormField(label="Plats", max_length=200, required=False)
    registry_no = FreeLineFormField(label="Diarienummer", max_length=60, required=False)
    chair = forms.ModelChoiceField(label="Ordförande", queryset=Member.objects.none(), empty_label=None)
    secretary = forms.ModelChoiceField(label="Sekreterare", queryset=Member.objects.none(), empty_label=None)
    people = FreeTextFormField(
        label="Närvarande, en person på varje rad",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Namn, titel, organisation. Till exempel: Anna Exempel, kurator, Socialförvaltningen. Den som inte "
        "kommer från en av gruppens organisationer noteras som gäst.",
    )
    excused = forms.ModelMultipleChoiceField(
        label="Anmälde förhinder",
        queryset=Organisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="De andra som ingen kom från noteras som frånvarande.",
    )
    decisions = FreeTextFormField(
        label="Beslut, ett på varje rad",
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Besluten får nummer för mötets år. Hör ett till ett ärende, skriv det sist: (ärende 2026-41).",
    )
    file = FilesField(required=False)

    def __init__(self, data: Any = None, files: Any = None, *, by: Member) -> None:
        self.by = by
        super().__init__(data, files, initial={"chair": by.pk, "secretary": by.pk})
        for name in ("chair", "secretary"):
            self.offer(name, Member.objects.of_the_group().in_order())
        self.offer("excused", Organisation.objects.filter(in_group=True).in_order())
        again = f"{CHOOSE_AGAIN} " if files else ""  # the page that comes back has lost them
        called = by.group.minutes
        self.fields["file"].label = capital(called.old)
        told = OLD_MINUTES.format(capital(called.definite))
        self.fields["file"].help_text = f"{again}{told} {self.fields['file'].help_text}"

    def clean_file(self) -> ChosenFiles:
        """All of them, or none: the original is whole."""
        chosen: ChosenFiles = self.cleaned_data["file"]
        for one in chosen.refused:
            self.add_error("file", str(one))
        return chosen

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        day, starts, ends = facts.get("day"), facts.get("starts"), facts.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "Mötet slutade innan det började.")
        if day and starts:
            with at_field("starts"):
                self.starts_at = moment_of(day, starts)
            with at_field("ends"):
                self.ends_at = moment_of(day, ends, after=self.starts_at) if ends else None
            if self.starts_at > timezone.now():
                self.add_error("day", NOT_YET)
            elif self.ends_at and self.ends_at > timezone.now():
                self.add_error("ends", NOT_ENDED_YET)
        return facts

    def save(self) -> Minutes:
        """Raises ValidationError, at the field that it is about."""
        facts = {name: self.cleaned_data[name] for name in ("place", "registry_no", "chair", "secretary")}
        facts |= {name: self.cleaned_data[name] for name in ("people", "excused", "decisions")}
        files = self.cleaned_data["file"].cleared
        return enter_meeting(starts_at=self.starts_at, ends_at=self.ends_at, files=files, by=Actor.of(self.by), **facts)

    def receipt(self, saved: Minutes) -> str:
        return " ".join(["Mötet är inskrivet. Ingen får något mejl.", *self.cleaned_data["file"].told])

    def leaves_something(self, saved: Minutes) -> bool:
        return bool(self.cleaned_data["file"].told)

    def undo(self, saved: Minutes) -> Undo:
        return Undo(reverse("meetings:unclose", args=[saved.meeting_id]), {"entry": saved.meeting.entry})
