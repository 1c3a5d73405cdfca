from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property

from django import forms
from django.db.models import TextChoices
from django.http import QueryDict
from django.urls import reverse

from base.ui.filters import ChoiceOfFew, Filter, Tab
from base.ui.pagination import CountedPage
from issues.counting import IssueCounts, WaitingCount
from issues.models import Category, Issue, IssueStatusFilter, Place, neediest_first, search, with_row_facts
from issues.models.issue import IssueQuerySet
from issues.texts.issue import list_words
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


class Order(TextChoices):
    """The order of the list where one may choose. The values stand in addresses."""

    NEED = "behov", "efter behov"
    LATEST = "senast", "senast hänt"


BY_NEED = (IssueStatusFilter.OPEN, IssueStatusFilter.WAITING)
"""The statuses whose list begins with what needs the most. New ones need nobody yet, closed ones no longer."""
DETAILS = ("kategori", "plats", "organisation", "oppnade")
TABS = {
    IssueStatusFilter.OPEN: "Öppna",
    IssueStatusFilter.WAITING: "Med obesvarad åtgärd",
    IssueStatusFilter.NEW: "Nya",
    IssueStatusFilter.ON_HOLD: "Vilande",
    IssueStatusFilter.CLOSED_THIS_YEAR: "Avslutade i år",
    IssueStatusFilter.ALL: "Alla",
}


class IssueFilter(Filter):
    """The filter of the issue list: status, what they are about, where, whose, since when, with which words."""

    lage = forms.ChoiceField(label="Läge", choices=IssueStatusFilter.choices)
    kategori = ChoiceOfFew(Category.objects.in_order(), label="Kategori", empty_label="vad som helst")
    plats = forms.CharField(
        label="Plats",
        max_length=120,
        widget=forms.TextInput({"list": "platser", "placeholder": "alla platser", "autocomplete": "off"}),
    )
    organisation = ChoiceOfFew(Organisation.objects.in_order(), label="Organisation", empty_label="någon organisation")
    oppnade = forms.ChoiceField(label="Öppnade", choices=[("", "när som helst"), *Opened.choices])
    ordning = forms.ChoiceField(label="Ordning", choices=Order.choices, widget=forms.HiddenInput)

    def __init__(self, query: QueryDict, *, member: Member) -> None:
        super().__init__(query, member=member)
        self.known_places = Place.objects.names()

    @cached_property
    def rows(self) -> IssueQuerySet:
        """The issues that are visible to the member and pass the filter."""
        found: IssueQuerySet = Issue.objects.visible_to(self.member).in_status(self.status, self.today)
        if category := self.value("kategori"):
            found = found.about(category)
        if place := self.value("plats"):
            found = found.at(place)
        if organisation := self.value("organisation"):
            found = found.carried_by(organisation)
        if opened := self.value("oppnade"):
            found = found.opened_since(Opened(opened).since(self.today))
        if self.words:
            found = search(found, self.words, self.member)
        return found

    @property
    def in_order(self) -> IssueQuerySet:
        """The same in the order of the list, each with all that its row tells."""
        rows = with_row_facts(self.rows, self.member)
        return neediest_first(rows, self.member, self.today) if self.is_by_need else rows.last_happened_first()

    @property
    def status(self) -> IssueStatusFilter:
        return IssueStatusFilter(self.value("lage") or IssueStatusFilter.OPEN)

    @property
    def words(self) -> str:
        """The words of the search box as typed; `search` normalizes them."""
        return str(self.data.get("q", "")).strip()

    @property
    def has_choice_of_order(self) -> bool:
        """Whether the order is hers to choose: what is searched for stands by how near it is."""
        return self.status in BY_NEED and not self.words

    @property
    def is_by_need(self) -> bool:
        return self.has_choice_of_order and self.value("ordning") != Order.LATEST

    @property
    def is_by_latest(self) -> bool:
        return not (self.words or self.is_by_need)

    @property
    def orders(self) -> list[tuple[str, str, bool]]:
        """The orders to choose between: their words, the address of the list so, and whether it is."""
        now = Order.NEED if self.is_by_need else Order.LATEST
        return [(order.label, self.address(ordning=order), order == now) for order in Order]

    @property
    def is_detailed(self) -> bool:
        """Whether a field is set that no tab sets, so that the filter is shown unfolded."""
        return any(self.value(name) for name in DETAILS)

    @property
    def is_filtered(self) -> bool:
        """Whether more than the status is set."""
        return bool(self.words) or self.is_detailed

    @cached_property
    def counts(self) -> IssueCounts:
        """The number of issues in each status, whatever is chosen."""
        return IssueCounts(Issue.objects.visible_to(self.member), self.today)

    @cached_property
    def counted(self) -> WaitingCount:
        """The number of the filter's rows, and of them those that wait; where it is but a status the tabs tell it."""
        known = None if self.is_filtered else self.counts.waiting(self.status)
        return known or WaitingCount.of(self.rows, self.today)

    @property
    def is_untouched(self) -> bool:
        """Whether the member knows of no issue, so that there is nothing to choose among."""
        return not (self.is_filtered or self.counts.total(IssueStatusFilter.ALL))

    def headline(self, page: CountedPage) -> str:
        """The headline of the list."""
        paginator, counted = page.paginator, self.counted
        return list_words(self.status, paginator.count, paginator.total_words, counted.waiting, counted.silent)

    @property
    def tabs(self) -> list[Tab]:
        """The tabs, one for each status; with one of these the rest of the filter is empty, and the order kept."""
        chosen = None if self.is_filtered else self.status
        address, order = reverse("issues:list"), self.value("ordning")
        kept = f"&ordning={order}" if order else ""
        return [
            Tab(label, f"{address}?lage={status}{kept}", self.counts.total(status), status == chosen)
            for status, label in TABS.items()
        ]
