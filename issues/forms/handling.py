"""The forms of what an organisation keeps about an action of its own: handler, own number, budget year and cost."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from base.ui.fields import VersionField, field_of
from issues.forms.action_step import ActionForm, Side
from issues.handling import handlers_to_choose, has_handler, note_handling, take_on, version_of
from issues.models import Action, Answer, Assignment
from issues.rules import may_take_on
from members.actor import Actor
from members.models import Member

YEARS = 5
"""So many budget years can be chosen: this one, and those that are planned."""
NOTED = ("handler", "external_ref", "budget_year", "cost_band")
NO_COST = ("", "Vill inte ange")


def budget_years(chosen: int | None) -> list[tuple[str, str]]:
    """The choices of a budget year, with the one that is chosen already."""
    first = timezone.localdate().year
    years = sorted({*range(first, first + YEARS), *([chosen] if chosen else [])})
    return [("", "Inte bestämt"), *((str(year), str(year)) for year in years)]


def budget_year_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label="Budgetår", required=False, coerce=int, empty_value=None)


def cost_band_field() -> forms.ChoiceField:
    return forms.ChoiceField(label="Ungefärlig kostnad", choices=[NO_COST, *Answer.CostBand.choices], required=False)


class HandlingForm(ActionForm):
    """Notes who handles it, its own number, budget year and cost; by link without who."""

    side = Side.HANDLING
    prefix = "handlaggning"
    summary = "Handläggare, ärendenummer, budgetår och kostnad"
    by_link = "Ärendenummer, budgetår och kostnad"
    route = "issues:assignment_handling"
    submit_label = "Spara"
    outcome = "handläggningen är sparad"

    handler = forms.ModelChoiceField(Member.objects.none(), label="Handläggare", required=False, empty_label="Ingen")
    external_ref = field_of(Assignment, "external_ref")
    budget_year = budget_year_field()
    cost_band = cost_band_field()
    version = VersionField()

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        if self.on_behalf:
            self.fields["external_ref"].label = "Deras ärendenummer"
        if by is None:
            del self.fields["handler"]
        else:
            self.offer("handler", handlers_to_choose(assignment.organisation, assignment.action.issue))
        self.offer_choices("budget_year", budget_years(assignment.budget_year))
        for name in NOTED:
            self.initial[name] = getattr(assignment, name)
        self.initial["version"] = lambda: version_of(assignment)

    @property
    def words(self) -> str:
        return self.summary if self.by else self.by_link

    @property
    def target(self) -> Assignment:
        return self.assignment

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_carried

    def receipt(self, saved: Action) -> str:
        return "Handläggningen är sparad."

    def save(self) -> Action:
        version = self.cleaned_data["version"]
        note_handling(self.assignment, by=self.voice, version=version, **self.carried(*NOTED))
        return self.action


class HandToForm(HandlingForm):
    """Hands it to a colleague, or to nobody, from their own list; what else is kept stands as it is."""

    route = "issues:assignment_hand_to"

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        for name in NOTED[1:]:
            del self.fields[name]

    def receipt(self, saved: Action) -> str:
        handler = self.assignment.handler
        return f"{handler} är handläggare." if handler else "Ingen är handläggare."


class TakeOnForm(ActionForm):
    """Makes her the handler, in one tap."""

    side = Side.HANDLING
    prefix = "ta-hand-om"
    summary = "Ta hand om"
    route = "issues:assignment_take_on"
    submit_label = "Ta hand om"
    by: Member

    @property
    def target(self) -> Assignment:
        return self.assignment

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_carried and not action.done_at

    def receipt(self, saved: Action) -> str:
        return f"Du är handläggare. Åtgärden ligger kvar hos {self.assignment.organisation}."

    def save(self) -> Action:
        take_on(self.assignment, by=Actor.of(self.by))
        return self.action


HANDLING = (TakeOnForm, HandlingForm)


def handling_steps(action: Action, member: Member, refused: ActionForm | None) -> tuple[type[ActionForm], ...]:
    """The steps to offer: to take it on where nobody of theirs has, to whoever answers for them."""
    current = action.current
    takes_on = may_take_on(member, current) and not has_handler(current, left=getattr(current, "handler_left", None))
    return tuple(kind for kind in HANDLING if kind is not TakeOnForm or takes_on or isinstance(refused, TakeOnForm))
