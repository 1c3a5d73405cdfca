"""The forms of a series: its rhythm, and the year that is planned from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from base.records.freetext import FreeLineFormField
from base.swedish.words import MONTHS, capital, in_words
from base.ui.fields import DateField, TimeField, VersionField
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceChecks
from meetings.models import AgendaTemplate, MeetingSeries
from meetings.models.presence import OFFICES
from meetings.models.series import MOST_WEEKS, WHICH, WORKDAYS
from meetings.rhythm import usual_meetings
from meetings.series import YearAhead
from meetings.series_planning import plan_series
from members.actor import Actor
from members.models import Member

FACTS = (
    *("name", "rhythm", "nth", "weekday", "every", "from_day", "pauses", "on_holiday"),
    *("starts", "ends", "place", "chair", "secretary", "template"),
)
INSTEAD = {
    "chair": "{} är inte längre med i gruppen, så ordförande är du.",
    "secretary": "{} är inte längre med i gruppen, så sekreterare är du.",
}
OF_RHYTHM = {
    MeetingSeries.Rhythm.MONTHLY: {"nth": "Välj vilken i månaden.", "weekday": "Välj veckodag."},
    MeetingSeries.Rhythm.WEEKS: {
        "every": "Skriv hur ofta, i veckor.",
        "from_day": "Välj den dag som veckorna räknas från.",
    },
}
"""What a rhythm cannot be without, and what is said where it is missing."""


class SeriesForm(RegisterForm):
    """Makes a series of meetings."""

    submit_label = "Spara serien"
    missing = {"name": "Skriv vad serien heter.", "starts": "Skriv när mötena börjar."}
    needed = {
        **dict.fromkeys(OF_RHYTHM[MeetingSeries.Rhythm.MONTHLY], "för en veckodag i månaden"),
        **dict.fromkeys(OF_RHYTHM[MeetingSeries.Rhythm.WEEKS], "för var … vecka"),
    }

    name = FreeLineFormField(label="Namn", max_length=100, help_text="Till exempel ”Månadsmöten”.")
    rhythm = forms.ChoiceField(label="Rytm", choices=MeetingSeries.Rhythm.choices, widget=forms.RadioSelect)
    nth = forms.TypedChoiceField(label="Vilken i månaden", coerce=int, choices=WHICH, required=False)
    weekday = forms.TypedChoiceField(label="Veckodag", coerce=int, choices=WORKDAYS, required=False)
    every = forms.IntegerField(
        label="Hur ofta, i veckor",
        min_value=1,
        max_value=MOST_WEEKS,
        required=False,
        help_text="1 är varje vecka, 2 varannan och 4 var fjärde.",
    )
    from_day = DateField(label="Räknat från", required=False, help_text="Veckodagen blir densamma.")
    pauses = forms.TypedMultipleChoiceField(
        label="Månader utan möte",
        coerce=int,
        required=False,
        widget=ChoiceChecks,
        choices=[(number, capital(name)) for number, name in enumerate(MONTHS, start=1)],
    )
    on_holiday = forms.ChoiceField(
        label="När dagen är en helgdag", choices=MeetingSeries.OnHoliday.choices, widget=forms.RadioSelect
    )
    starts = TimeField(label="Börjar")
    ends = TimeField(label="Slutar", required=False)
    place = FreeLineFormField(label="Plats", max_length=200, required=False, help_text="Rum eller länk.")
    chair = forms.ModelChoiceField(label="Ordförande", queryset=Member.objects.none(), empty_label=None)
    secretary = forms.ModelChoiceField(label="Sekreterare", queryset=Member.objects.none(), empty_label=None)
    template = forms.ModelChoiceField(label="Dagordningsmall", queryset=AgendaTemplate.objects.none(), empty_label=None)

    def __init__(self, *args: Any, by: Member, **kwargs: Any) -> None:
        self.by = by
        super().__init__(*args, **{**kwargs, "initial": kwargs.get("initial") or self._usual(by)})
        for name in ("chair", "secretary"):
            self.offer(name, self.people())
        templates = self.templates()
        if len(templates) > 1:
            self.offer("template", templates)
            self.initial["template"] = self.initial.get("template") or templates[0].pk
        else:
            del self.fields["template"]

    def templates(self) -> QuerySet[AgendaTemplate]:
        """Those that its meetings may be planned by, the default one first."""
        return AgendaTemplate.objects.in_use()

    def people(self) -> QuerySet[Member]:
        """Those who may lead and write."""
        group: QuerySet[Member] = Member.objects.of_the_group().in_order()
        return group

    @staticmethod
    def _usual(by: Member) -> dict[str, Any]:
        """What the form begins with: a month's rhythm, at the time and place where the group meets."""
        plain = MeetingSeries()
        first = {name: getattr(plain, name) for name in ("rhythm", "nth", "weekday", "every", "on_holiday")}
        if last := next(iter(usual_meetings()), None):
            starts, ends = timezone.localtime(last.starts_at), last.ends_at and timezone.localtime(last.ends_at)
            first |= {"starts": starts.time(), "ends": ends and ends.time(), "place": last.place}
        return {"name": "Månadsmöten", "chair": by, "secretary": by, "pauses": [7], **first}

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        starts, ends = facts.get("starts"), facts.get("ends")
        if starts and ends and ends <= starts:
            self.add_error("ends", "Mötet slutar innan det börjar.")
        for rhythm, asked in OF_RHYTHM.items():
            for name in (name for name in asked if facts.get(name) in ("", None) and name not in self.errors):
                if rhythm == facts.get("rhythm"):
                    self.add_error(name, asked[name])
                else:
                    facts[name] = self.initial.get(name)  # of the other rhythm: as it was
        if len(facts.get("pauses") or []) == len(MONTHS):
            self.add_error("pauses", "Någon månad behöver ha ett möte.")
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FACTS if name in self.cleaned_data}

    def save(self) -> MeetingSeries:
        return MeetingSeries.begin(by=Actor.of(self.by), **self.facts)

    def receipt(self, saved: MeetingSeries) -> str:
        return "Serien är sparad. Välj nu vilka möten som ska planeras."


class SeriesChangeForm(SeriesForm):
    """Changes a series; what it has planned stands."""

    version = VersionField()

    def __init__(self, *args: Any, series: MeetingSeries, **kwargs: Any) -> None:
        self.series = series
        known = {name: getattr(series, name) for name in FACTS}
        super().__init__(*args, initial={**known, "version": series.version}, **kwargs)

    def people(self) -> QuerySet[Member]:
        """Also those who do already, and have left since."""
        already = Member.objects.filter(pk__in=[self.series.chair_id, self.series.secretary_id])
        group: QuerySet[Member] = (Member.objects.of_the_group() | already).distinct().in_order()
        return group

    def save(self) -> MeetingSeries:
        """Raises EditConflict."""
        self.series.change(by=Actor.of(self.by), version=self.cleaned_data["version"], **self.facts)
        return self.series

    def receipt(self, saved: MeetingSeries) -> str:
        return "Serien är ändrad. De möten som redan står i kalendern är som de var."


class SeriesPlanForm(RegisterForm):
    """Plans those days of a series that are ticked."""

    submit_label = "Planera mötena"
    missing = {"days": "Kryssa i minst ett möte."}

    days = forms.MultipleChoiceField(label="Möten att planera", widget=ChoiceChecks)

    def __init__(self, *args: Any, series: MeetingSeries, year: YearAhead, by: Member, **kwargs: Any) -> None:
        self.series, self.by = series, by
        today = timezone.localdate()
        choices = [(each.wished.isoformat(), each.in_words(today=today)) for each in year.free]
        super().__init__(*args, initial={"days": [day for day, _ in choices]}, **kwargs)
        self.offer_choices("days", choices)

    def clean_days(self) -> set[date]:
        return {date.fromisoformat(day) for day in self.cleaned_data["days"]}

    def save(self) -> str:
        """Raises NotAllowed."""
        self.planned = plan_series(self.series, self.cleaned_data["days"], by=Actor.of(self.by))
        if not self.planned:
            raise ValidationError("De mötena står redan i kalendern.")
        return reverse("meetings:list")

    def receipt(self, saved: str) -> str:
        number = len(self.planned)
        planned = f"{capital(in_words(number, 'möte är planerat', 'möten är planerade', neuter=True))}."
        people = [(name, getattr(self.series, name), getattr(self.planned[0], name)) for name in OFFICES]
        return " ".join([planned, *(INSTEAD[name].format(who) for name, who, does in people if who != does)])


class SeriesEndForm(RegisterForm):
    """Ends a series: one button."""

    def __init__(self, *args: Any, series: MeetingSeries, by: Member, **kwargs: Any) -> None:
        self.series, self.by = series, by
        super().__init__(*args, **kwargs)

    def save(self) -> str:
        """Raises Conflict."""
        self.series.end(by=Actor.of(self.by))
        return reverse("meetings:list")

    def receipt(self, saved: str) -> str:
        return f"Serien ”{self.series}” är avslutad. De möten som står i kalendern är kvar."

    def undo(self, saved: str) -> Undo:
        return Undo(reverse("meetings:series_resume", args=[self.series.pk]))
