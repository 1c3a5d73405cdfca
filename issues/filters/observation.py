from __future__ import annotations

from functools import cached_property

from django import forms

from base.records.search import LONGEST
from base.ui.filters import ChoiceOfFew, Filter
from base.ui.pagination import CountedPage
from issues.models import Issue, Observation
from issues.models.observation import ObservationQuerySet
from issues.numbers import NUMBER
from issues.rules import may_read_observations
from issues.texts.observation import chosen_headline, list_headline
from members.models import Organisation

STATES = [
    ("", "alla observationer"),
    (Observation.State.NEW, "nya observationer"),
    (Observation.State.ATTACHED, "observationer i ärenden"),
    (Observation.State.NOTED, "noterade observationer"),
    (Observation.State.REJECTED, "avvisade observationer"),
]


class ObservationFilter(Filter):
    """The filter of the observation list: in which state, of oneself, from whom, with which words, in which issue.

    An organisation that has left the group can be chosen too: what it reported remains.
    """

    lage = forms.ChoiceField(label="Läge", choices=STATES)
    mina = forms.ChoiceField(label="Vem som har rapporterat", choices=[("", "någon"), ("1", "jag själv")])
    organisation = ChoiceOfFew(Organisation.objects.in_order(), label="Organisation", empty_label="alla organisationer")
    ord = forms.CharField(
        label="Ord i observationen",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"placeholder": "valfria ord", "autocomplete": "off"}),
    )
    arende = forms.RegexField(rf"\A{NUMBER}\Z", widget=forms.HiddenInput)

    @property
    def own(self) -> bool:
        return bool(self.value("mina"))

    @property
    def issue(self) -> str:
        """The number of the one issue they belong to."""
        return self.value("arende") or ""

    @property
    def is_filtered(self) -> bool:
        """Whether the list shows less than all, or than all of one's own."""
        return any(self.value(name) for name in ("lage", "organisation", "ord", "arende"))

    @cached_property
    def base(self) -> ObservationQuerySet:
        """The observations that the filter chooses among, in any state."""
        visible: ObservationQuerySet = Observation.objects.visible_to(self.member)
        return visible.reported_by(self.member) if self.own else visible

    @cached_property
    def rows(self) -> ObservationQuerySet:
        chosen = self.base.in_state(self.value("lage"))
        if self.issue:
            chosen = chosen.in_issues(Issue.objects.visible_to(self.member).numbered(self.issue))
        if organisation := self.value("organisation"):
            chosen = chosen.from_organisation(organisation)
        if words := self.value("ord"):
            chosen = chosen.with_words(words)
        return chosen.with_related().with_issue_for(self.member).latest_first()

    def headline(self, page: CountedPage, waiting: int) -> str:
        """The headline of the list: what is chosen, or where all of them stand; `waiting` are not sorted yet."""
        if self.is_filtered and may_read_observations(self.member):
            return chosen_headline(
                page.paginator.total_words if page else "",
                state=self.value("lage"),
                own=self.own,
                organisation=str(self.value("organisation") or ""),
                words=self.value("ord"),
                issue=self.issue,
            )
        return list_headline(
            any_at_all=bool(page) or self.base.exists(),
            waiting=waiting,
            own=self.own,
            whole=self.member.is_in_group,
            reads=may_read_observations(self.member),
            any_own=not self.member.is_in_group and self.base.reported_by(self.member).exists(),
        )
