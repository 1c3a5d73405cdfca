"""The forms of the answers to a question from the group."""

from __future__ import annotations

from datetime import date
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.utils import timezone

from base.swedish.months import last_day, month_after
from base.swedish.said_days import SaidDay
from base.swedish.working_days import last_working_day
from base.ui.fields import VersionField, field_of
from base.ui.layout import More
from base.ui.said_day import OtherSaidDay
from base.ui.widgets import EMPTY_CHOICE, ChoiceRadios, SegmentsSelect
from issues.forms.action_step import ActionForm, DoneForm, Side
from issues.forms.handling import budget_year_field, budget_years, cost_band_field
from issues.handling import noted_otherwise, version_of
from issues.models import Action, Answer, Assignment
from issues.receivers import receivers, say_whose_it_is_not, tell_few
from issues.rules import may_steer_action
from issues.texts.action import promised
from members.models import Member

OTHER = "other"
NOBODY = "nobody"
ACCEPTED_WITH = ("cost_band", "budget_year", "external_ref")
"""What is noted of it beside a yes."""
Kind = Answer.Kind


def month_end(day: date, months: int) -> date:
    """The last day of the month so many months after the day's on which somebody works."""
    return last_working_day(last_day(month_after(day, months)))


class AcceptForm(ActionForm):
    """Answers yes: two taps when the wished day suits, otherwise a day of one's own."""

    side = Side.ANSWER
    prefix = "ja"
    summary = "Ja, vi gör det"
    route = "issues:assignment_accept"
    submit_label = "Svara ja"
    submit_names = "ja-planned"
    layout = (
        "planned",
        Field("other_day", wrapper_class="reveal"),
        More("Kostnad, budgetår, kommentar och ärendenummer", "cost_band", "budget_year", "text", "external_ref"),
    )
    missing = {"planned": "Välj när det är klart."}
    offered: dict[str, SaidDay]

    planned = forms.ChoiceField(label="När är det klart?", widget=SegmentsSelect)
    other_day = OtherSaidDay(label="Vilken dag?")
    cost_band = cost_band_field()
    budget_year = budget_year_field()
    text = field_of(Answer, "text", widget=forms.Textarea({"rows": 3}))
    external_ref = field_of(Assignment, "external_ref")
    noted = VersionField()

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        if self.on_behalf:
            self.fields["external_ref"].label = "Deras ärendenummer"
        self.offer_choices("budget_year", budget_years(assignment.budget_year))
        for name in ACCEPTED_WITH:
            self.initial[name] = getattr(assignment, name)
        self.initial["noted"] = version_of(assignment, of=ACCEPTED_WITH)
        today = timezone.localdate()
        wished = assignment.action.wished_day
        days = [SaidDay(month_end(today, 1)), SaidDay(month_end(today, 3))]
        if wished and wished.last >= today:
            days = [wished, SaidDay(month_end(wished.last, 1))]
            self.initial["planned"] = wished.last.isoformat()
        self.offered = {day.last.isoformat(): day for day in days}
        choices = [(value, day.shown(today=today)) for value, day in self.offered.items()]
        self.offer_choices("planned", [*choices, (OTHER, "Annan dag")])

    def clean_noted(self) -> str:
        """What was noted when the page was shown: a colleague's since then is not written over unknowingly."""
        noted = str(self.cleaned_data["noted"])
        if noted not in {"", self.initial["noted"]}:
            raise noted_otherwise(self.assignment)
        return noted

    def clean(self) -> dict[str, Any]:
        """Drop the error of a typed day that was not chosen in the end."""
        if self.cleaned_data.get("planned") != OTHER:
            self.errors.pop("other_day", None)
        elif "other_day" not in self.errors and not self.cleaned_data["other_day"]:
            self.add_error("other_day", "Skriv vilken dag det är klart.")
        return self.cleaned_data

    @property
    def outcome(self) -> str:
        return f"svarat ja, {promised(self.assignment, timezone.localdate())}"

    def save(self) -> Action:
        facts = self.cleaned_data
        chosen = facts["planned"]
        self.assignment.accept(
            by=self.voice,
            planned=facts["other_day"] if chosen == OTHER else self.offered[chosen],
            text=facts["text"],
            **self.carried(*ACCEPTED_WITH),
        )
        return self.action


class AlreadyDoneForm(DoneForm):
    """Answers that it is done already: yes and done in one, with the day and what was done."""

    side = Side.ANSWER
    prefix = "gjort"
    summary = Kind.DONE.label
    route = "issues:assignment_already_done"
    submit_label = "Svara redan gjort"
    outcome = "redan gjort"
    day_asked = "När gjordes det?"

    def save(self) -> Action:
        facts = self.cleaned_data
        self.assignment.already_done(by=self.voice, done_on=facts["done_on"], note=facts["note"])
        return self.action


class DeclineForm(ActionForm):
    """Answers no, with a reason and what could come next."""

    side = Side.ANSWER
    prefix = "nej"
    summary = "Nej, inte nu"
    route = "issues:assignment_decline"
    submit_label = "Svara nej"
    outcome = "svarat nej"
    missing = {
        "reason": "Välj varför.",
        "text": "Skriv skälet så att gruppen förstår.",
        "next_step": "Skriv vad som kan hända härnäst, till exempel när frågan kan tas upp igen.",
    }

    reason = field_of(Answer, "reason", label="Varför?", required=True, widget=ChoiceRadios)
    text = field_of(
        Answer,
        "text",
        label="Skriv skälet så att gruppen förstår",
        required=True,
        widget=forms.Textarea({"rows": 3}),
    )
    next_step = field_of(
        Answer,
        "next_step",
        label="Vad händer härnäst?",
        help_text="Till exempel: ta upp frågan igen i mars, eller det här hade behövts för ett ja.",
        required=True,
        widget=forms.Textarea({"rows": 2}),
    )

    def save(self) -> Action:
        facts = self.cleaned_data
        self.assignment.decline(
            by=self.voice,
            reason=facts["reason"],
            text=facts["text"],
            next_step=facts["next_step"],
        )
        return self.action


class AskForm(ActionForm):
    """Answers with a question back, for the samordnare to answer."""

    side = Side.ANSWER
    prefix = "fraga"
    summary = Kind.QUESTION.label
    route = "issues:assignment_ask"
    submit_label = "Begär komplettering"
    outcome = "frågan är ställd till gruppen, samordnaren kompletterar"
    missing = {"text": "Skriv frågan till gruppen."}

    text = field_of(Answer, "text", label="Er fråga till gruppen", required=True, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        if self.on_behalf:
            self.fields["text"].label = "Deras fråga till gruppen"

    def save(self) -> Action:
        self.assignment.ask(by=self.voice, text=self.cleaned_data["text"])
        return self.action


class PassOnForm(ActionForm):
    """Answers that it is not ours: passes it on to an organisation, or back to the samordnare."""

    side = Side.ANSWER
    prefix = "vidare"
    summary = "Skicka vidare, inte vårt ansvarsområde"
    route = "issues:assignment_pass_on"
    submit_label = "Skicka vidare"
    missing = {"to": "Välj vem som är ansvarig, eller låt samordnaren avgöra."}

    to = forms.ChoiceField(label="Ansvarig")
    text = field_of(Answer, "text", label="Meddelande till ansvarig", widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        issue, to = assignment.action.issue, self.fields["to"]
        others = receivers(issue).exclude(pk=assignment.organisation_id)
        tell_few(to, issue)
        who, know = ("de", "De vet") if self.on_behalf else ("ni", "Vet")
        is_hers = self.on_behalf and by is not None and may_steer_action(by, assignment.action)
        chooses, left_to = ("du", "jag utser") if is_hers else ("samordnaren", "låt samordnaren avgöra")
        refused = say_whose_it_is_not(to, assignment, f"Om {who} inte vet vems den är utser {chooses} ansvarig.")
        self.offered = {str(other.pk): other for other in others}
        named = [(pk, str(other)) for pk, other in self.offered.items()]
        unknown = (NOBODY, f"{know} inte, {left_to}")
        self.offer_choices("to", [("", EMPTY_CHOICE), *named, unknown])
        left = [(pk, name) for pk, name in named if self.offered[pk] not in refused]
        to.widget.choices = [("", EMPTY_CHOICE), *left, unknown] if left else [unknown]

    @property
    def outcome(self) -> str:
        to = self.offered.get(self.cleaned_data["to"])
        return f"skickad vidare till {to or 'samordnaren, som utser ansvarig'}"

    def save(self) -> Action:
        to = self.offered.get(self.cleaned_data["to"])
        self.assignment.pass_on(by=self.voice, to=to, text=self.cleaned_data["text"])
        return self.action


ANSWERS = (AcceptForm, AlreadyDoneForm, DeclineForm, AskForm, PassOnForm)
