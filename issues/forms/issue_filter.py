from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils import timezone

from issues.models import Category, Issue, Place, Standing, search
from issues.models.issue_queryset import IssueQuerySet
from members.models import Member, Organisation


class Opened(TextChoices):
    """How far back an issue was opened. The values stand in addresses."""

    WEEK = "vecka", "den senaste veckan"
    MONTH = "manad", "den senaste månaden"
    QUARTER = "kvartal", "de senaste tre månaderna"
    YEAR = "ar", "i år"

    def since(self, today: date) -> date:
        days = {Opened.WEEK: 7, Opened.MONTH: 30, Opened.QUARTER: 91}
        return today - timedelta(days=days[self]) if self in days else today.replace(month=1, day=1)


EMPTY = {"kategori": "vad som helst", "organisation": "någon organisation"}
NARROWING = ("kategori", "plats", "organisation", "oppnade")


class IssueFilter(forms.Form):
    """Which issues a list shows: a sentence with gaps, read from the address; the unknown counts as unsaid."""

    lage = forms.ChoiceField(choices=Standing.choices, required=False, label="Läge")
    kategori = forms.ModelChoiceField(Category.objects.in_order(), required=False, label="Kategori")
    plats = forms.CharField(required=False, max_length=120, label="Plats")
    organisation = forms.ModelChoiceField(Organisation.objects.in_order(), required=False, label="Organisation")
    oppnade = forms.ChoiceField(choices=[("", "när som helst"), *Opened.choices], required=False, label="Öppnade")
    q = forms.CharField(required=False, strip=True, label="Sök bland ärenden")

    def __init__(self, query: QueryDict, *, member: Member) -> None:
        super().__init__(query, auto_id="filter_%s")
        self.member = member
        self.today = timezone.localdate()
        self.known_places = Place.objects.in_order()
        for name, field in self.fields.items():
            field.widget.attrs["aria-label"] = field.label
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = EMPTY[name]
        self.fields["plats"].widget.attrs |= {"list": "platser", "placeholder": "alla platser", "autocomplete": "off"}
        self.full_clean()

    @cached_property
    def issues(self) -> IssueQuerySet:
        """Those that the member may know and the sentence tells of, last happened first."""
        said = self.cleaned_data
        found: IssueQuerySet = Issue.objects.visible_to(self.member).standing(self.standing, self.today)
        if category := said.get("kategori"):
            found = found.about(category)
        if place := said.get("plats"):
            found = found.at(place)
        if organisation := said.get("organisation"):
            found = found.carried_by(organisation)
        if opened := said.get("oppnade"):
            found = found.opened_since(Opened(opened).since(self.today))
        if self.words:
            found = search(found, self.words, self.member)
        return found

    @property
    def standing(self) -> Standing:
        return Standing(self.cleaned_data.get("lage") or Standing.OPEN)

    @property
    def words(self) -> str:
        """What was typed in the search box, as it was typed: the search makes something of whatever it is."""
        return str(self.data.get("q", "")).strip()

    @property
    def says_more(self) -> bool:
        """Whether the sentence carries more than the saved views do, so that it has to be seen."""
        return any(self.cleaned_data.get(name) for name in NARROWING)

    @property
    def narrows(self) -> bool:
        """Whether more than the standing has been said."""
        return bool(self.words) or self.says_more
