"""The forms that mark an issue as restricted and lift it, and that name and un-name members on it or an observation."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from base.records.freetext import FreeTextFormField
from base.swedish.words import listed
from base.ui.forms import RegisterForm
from base.ui.widgets import ChoiceChecks
from issues.forms.issue_steps import IssueStepForm
from issues.models import Issue, Observation
from issues.naming import whom_to_name
from issues.restricting import lift, name, restrict, unname
from members.actor import Actor
from members.models import Member


class MembersField(forms.TypedMultipleChoiceField):
    """Members to choose among, by their keys, each with a box of her own."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, coerce=int, required=False, widget=ChoiceChecks)

    def offer(self, members: Iterable[Member]) -> None:
        self.choices = [(member.pk, _who(member)) for member in members]


class WhomFields(RegisterForm):
    """The fields that say whom to name: those who are proposed, and the others of the group."""

    PROPOSES: ClassVar[bool] = True
    """Whether a samordnare is chosen from the beginning. All others are only offered."""

    named = MembersField("Vilka ska se det?")
    others = MembersField("Välj andra att namnge")

    def offer_members(self, members: Iterable[Member]) -> None:
        """Offer the members, with `is_proposed`; a field without any is dropped."""
        known = list(members)
        for field, is_proposed in (("named", True), ("others", False)):
            offered = [member for member in known if member.is_proposed == is_proposed]  # type: ignore[attr-defined]
            self.fields[field].offer(offered)  # type: ignore[attr-defined]
            if not offered:
                del self.fields[field]
        if self.PROPOSES and "named" in self.fields:
            self.initial.setdefault("named", [member.pk for member in known if member.is_coordinator])

    @property
    def chosen(self) -> list[int]:
        return [*self.cleaned_data.get("named", ()), *self.cleaned_data.get("others", ())]

    @property
    def opens_others(self) -> bool:
        return self.is_bound and bool(self.data.getlist("others") if hasattr(self.data, "getlist") else ())


class RestrictForm(WhomFields, IssueStepForm):
    """Lets only those named see the issue. Whoever does it is named."""

    reason = FreeTextFormField(
        label="Varför begränsas spridningen?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skälet läses bara av dem som är namngivna, så länge spridningen är begränsad.",
    )

    missing = {"reason": "Skriv varför spridningen begränsas."}
    submit_label = "Begränsa spridningen"
    field_order = ("reason", "named", "others")

    def __init__(self, *args: Any, issue: Issue, by: Member, **kwargs: Any) -> None:
        super().__init__(*args, issue=issue, by=by, **kwargs)
        self.offer_members(whom_to_name(issue).exclude(pk=by.pk))

    def save(self) -> Issue:
        restrict(self.issue, reason=self.cleaned_data["reason"], named=self.chosen, by=Actor.of(self.by))
        return self.issue

    def receipt(self, saved: Issue) -> str:
        return "Ärendet har nu begränsad spridning."


class LiftForm(IssueStepForm):
    """Lets all who see other issues see the issue again."""

    reason = FreeTextFormField(
        label="Varför hävs begränsningen?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skälet läses av alla som får läsa ärendet.",
    )

    missing = {"reason": "Skriv varför begränsningen hävs."}
    submit_label = "Häv begränsningen"

    def save(self) -> Issue:
        lift(self.issue, reason=self.cleaned_data["reason"], by=Actor.of(self.by))
        return self.issue

    def receipt(self, saved: Issue) -> str:
        return "Begränsningen är hävd."


class NameForm(WhomFields):
    """Names members on a restricted issue or observation."""

    PROPOSES = False
    one_of = ("named", "others")
    submit_label = "Namnge"

    def __init__(self, *args: Any, thing: Issue | Observation, by: Member, there: str, **kwargs: Any) -> None:
        self.thing, self.by, self.there = thing, by, there
        super().__init__(*args, **kwargs)
        self.offer_members(whom_to_name(thing).exclude(pk__in=thing.named.values("pk")).exclude(pk=by.pk))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not (self.chosen or self.errors):
            self.add_error(None, "Välj minst en att namnge.")
        return cleaned

    def save(self) -> str:
        name(self.thing, self.chosen, by=Actor.of(self.by))
        return self.there

    def receipt(self, saved: str) -> str:
        names = listed([str(member) for member in Member.objects.filter(pk__in=self.chosen).in_order()])
        return f"{names} är {'namngivna' if self.chosen[1:] else 'namngiven'}."


class UnnameForm(RegisterForm):
    """Un-names a member, or oneself."""

    def __init__(
        self, *args: Any, thing: Issue | Observation, member: Member, by: Member, there: str, **kwargs: Any
    ) -> None:
        self.thing, self.member, self.by, self.there = thing, member, by, there
        super().__init__(*args, **kwargs)

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return "Ta bort mig" if self.member == self.by else f"Ta bort {self.member}"

    def save(self) -> str:
        unname(self.thing, self.member, by=Actor.of(self.by))
        keeps = isinstance(self.thing, Observation) and self.thing.reporter_id == self.by.pk
        lists = "issues:list" if isinstance(self.thing, Issue) else "issues:observation_list"
        return self.there if keeps or self.member != self.by else reverse(lists)

    def receipt(self, saved: str) -> str:
        who = "Du" if self.member == self.by else str(self.member)
        return f"{who} är inte längre namngiven."


def _who(member: Member) -> str:
    """Tove Test, Witalabostäder AB · Maja Exempel, samordnare."""
    part = "samordnare" if member.is_coordinator else member.organisation
    return f"{member}, {part}" if part else str(member)
