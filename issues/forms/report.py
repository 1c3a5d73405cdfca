"""The forms that report an observation, and correct it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from base.records.freetext import FreeLineFormField, FreeTextFormField
from base.swedish.words import capital
from base.ui.fields import VersionField
from base.ui.widgets import ChoiceRadios, SegmentsSelect, TilesSelect
from issues.forms.restricting import WhomFields
from issues.forms.when import When, WhenFields, answers_of
from issues.models import Category, Issue, Observation, Place
from issues.naming import whom_to_name
from issues.reporting import Report, report_in
from members.actor import Actor
from members.models import Member

UNMARKED = "Du har valt vilka som ska se observationen. Välj Begränsad spridning, annars ser hela gruppen den."
"""Said to whoever names somebody: she means that the others are not to see it."""


class ReportForm(WhomFields, WhenFields):
    """Reports an observation in under a minute: category, place and time; all else is optional."""

    category = forms.ModelChoiceField(
        Category.objects.active().in_order(), label="Vad gäller det?", widget=TilesSelect, empty_label=None
    )
    where = FreeLineFormField(
        label="Var?",
        max_length=200,
        help_text="Ett platsnamn, en adress eller egna ord, till exempel ”bakom kiosken”.",
        widget=forms.TextInput(attrs={"list": "platser", "autocomplete": "off"}),
    )
    recurring = forms.BooleanField(label="Det händer ofta", required=False)
    unsafe = forms.TypedChoiceField(
        label="Hur otryggt kändes det?",
        choices=Observation.Unsafe,
        coerce=int,
        empty_value=None,
        required=False,
        widget=SegmentsSelect,
    )
    text = FreeTextFormField(label="Berätta", max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}))
    for_meeting = forms.BooleanField(label="Bör tas upp på mötet", required=False)
    police_report = forms.ChoiceField(
        label="Är det polisanmält?",
        choices=Observation.PoliceReport,
        initial=Observation.PoliceReport.UNKNOWN,
        widget=SegmentsSelect,
    )
    source = forms.ChoiceField(
        label="Hur vet du det?",
        choices=[(value, capital(label)) for value, label in Observation.Source.choices],
        initial=Observation.Source.OWN,
        widget=ChoiceRadios,
    )
    handled = forms.BooleanField(label="Det är redan åtgärdat", required=False)
    restricted = forms.BooleanField(label="Begränsad spridning", required=False)

    missing = WhenFields.missing | {
        "category": "Välj vad det gäller.",
        "where": "Skriv var det var.",
        "organisation": "Välj organisation.",
    }
    needed = WhenFields.needed | {"text": "för ”Något annat”"}
    field_order = ("category", "where", "when", "day", "start", "end")
    further = ("police_report", "source", "handled", "organisation")

    class Meta:
        model = Observation
        fields = [
            "category", "where", "recurring", "unsafe", "text",
            "for_meeting", "police_report", "source", "handled", "organisation", "restricted",
        ]  # fmt: skip

    def __init__(self, *args: Any, member: Member, issue: Issue | None = None, **kwargs: Any) -> None:
        """`issue` is the one in which she has seen the same: it is what the form begins with."""
        super().__init__(*args, **kwargs)
        self.member, self.issue = member, issue
        if issue:
            self.initial = {"category": issue.category_id, "where": issue.where, **self.initial}
        self.known_places = Place.objects.names()
        self._offer_organisations(member)
        self.was_restricted = self.instance.restricted  # before it is filled in by what was sent
        self.offer_members(whom_to_name(None).exclude(pk=member.pk))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, value in self.seen_facts.items():
            setattr(self.instance, name, value)
        if cleaned.get("others") and not cleaned.get("restricted"):
            self.add_error("restricted", UNMARKED)
        return cleaned

    @property
    def report(self) -> Report:
        """The valid form as a `Report`."""
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        return Report(
            **{"organisation": self.instance.organisation, **facts, **self.seen_facts, "key": self.cleaned_data["key"]},
            named=tuple(self.chosen),
        )

    def save(self) -> Observation:  # type: ignore[override]
        return report_in(self.issue, self.report, by=Actor.of(self.member))

    @property
    def opens_further(self) -> bool:
        """Whether the folded fields are open: one is filled in, or is wrong."""
        return self.is_bound and any(name in self.errors or name in self.changed_data for name in self.further)

    @property
    def opens_restricted(self) -> bool:
        """Whether the fold about who sees it is open: it is restricted, or what was chosen is wrong."""
        return bool(self["restricted"].value()) or any(
            name in self.errors for name in ("restricted", "named", "others")
        )

    def _offer_organisations(self, member: Member) -> None:
        """Offer the organisations she may report for; with only one it is set and the field dropped."""
        spoken_for = member.speaks_for().in_order()
        self.offer_to_each(["organisation"], spoken_for)
        field = self.fields["organisation"]
        field.label = "Vilken organisation kommer observationen från?"
        offered = list(spoken_for)
        if not offered:
            field.error_messages["required"] = (
                "Registret har ingen organisation än. Lägg till den första under Gruppen."
            )
        if len(offered) == 1:
            del self.fields["organisation"]
            self.instance.organisation = offered[0]
        else:
            field.initial = member.organisation_id


class CorrectForm(ReportForm):
    """Corrects an observation that one has reported: the report's fields, less whom it came from."""

    version = VersionField()

    submit_label = "Spara ändringen"

    def __init__(self, *args: Any, instance: Observation, **kwargs: Any) -> None:
        answered = {"when": When.OTHER, **answers_of(instance)}
        super().__init__(*args, instance=instance, initial=answered, **kwargs)
        self.known = (instance.seen_from, instance.seen_to)
        self.fields["version"].initial = instance.version
        self.offer("category", Category.objects.to_choose_from(instance.category_id))

    def save(self) -> Observation:  # type: ignore[override]
        observation: Observation = self.instance
        facts = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data}
        # The fields know the minute and the day, the row more: what was not touched is not written over with less.
        seen = self.seen_facts if {"when", *self.exact} & {*self.changed_data} else {}
        made = {"version": self.cleaned_data["version"], "named": self.chosen}
        observation.correct(by=Actor.of(self.member), **made, **facts, **seen)
        return observation

    def receipt(self, saved: Observation) -> str:
        return "Ändringen är sparad."

    def offer_members(self, members: Iterable[Member]) -> None:
        """Where it is restricted, who is named has a page of its own."""
        super().offer_members([] if self.was_restricted else members)

    def _offer_organisations(self, member: Member) -> None:
        del self.fields["organisation"]
