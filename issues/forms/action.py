"""Proposing actions, and the steps that are no answers: begun, done, handed over, taken back."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction

from issues.forms.fields import ComingDay, field_of
from issues.forms.step import StepForm, WordForm
from issues.models import Action, Assignment, DateChange, Issue
from members.models import Group, Member, Organisation
from temagrupp.ui.forms import ChoiceChecks, ChoiceRadios, HouseForm
from temagrupp.ui.layout import More
from temagrupp.ui.sentences import listed


class ActionForm(HouseForm):
    """What the group asks for. Several who are asked get one action each, so that each answers for its own."""

    submit_label = "Föreslå"
    layout = (
        "title",
        "text",
        "organisations",
        "answer_due",
        "wished",
        More("Sikt, och vilka som stöder", "term", "supporting"),
    )
    missing = {
        "title": "Skriv vad som ska göras.",
        "organisations": "Välj vem som får frågan.",
        "answer_due": "Skriv när svaret ska ha kommit.",
    }

    title = field_of(Action, "title", help_text="Det ni ber om, till exempel: Byta fyra trasiga armaturer.")
    text = field_of(
        Action,
        "text",
        label="Varför, och vad gruppen vet",
        help_text="Skriv så att den som får frågan kan avgöra den utan att ringa.",
        widget=forms.Textarea({"rows": 4}),
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Vem får frågan?",
        help_text="Väljer du flera blir det en åtgärd för var och en.",
        widget=ChoiceChecks,
    )
    answer_due = ComingDay(label="Svar senast")
    wished = ComingDay(label="Önskas klart", required=False)
    term = field_of(Action, "term", label="Sikt", widget=ChoiceRadios)
    supporting = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Stöd från", widget=ChoiceChecks, required=False
    )

    def __init__(self, data: Any = None, *, issue: Issue, by: Member) -> None:
        super().__init__(data)
        self.issue, self.by = issue, by
        for name in ("organisations", "supporting"):
            self.offer(name, Organisation.objects.active().in_order())
        self.initial["answer_due"] = Group.current().answer_due()
        self.initial["term"] = Action.Term.SHORT

    def clean(self) -> dict[str, Any]:
        both = set(self.cleaned_data.get("organisations") or ()) & set(self.cleaned_data.get("supporting") or ())
        if both:
            names = listed(sorted(map(str, both)))
            self.add_error("supporting", f"{names} får själv frågan. Välj bara dem som stöder någon annan.")
        return self.cleaned_data

    @property
    def receipt(self) -> str:
        return f"Åtgärden är föreslagen för {listed([str(o) for o in self.cleaned_data['organisations']])}."

    @transaction.atomic
    def save(self) -> str:
        """Draft and propose at once; gives back the address of what to look at next."""
        facts = dict(self.cleaned_data)
        facts.pop("key")
        asked = facts.pop("organisations")
        actions = [Action.draft(issue=self.issue, organisation=o, by=self.by, **facts) for o in asked]
        for action in actions:
            action.propose(by=self.by)
        return actions[0].get_absolute_url() if len(actions) == 1 else self.issue.get_absolute_url()


class ProposeForm(StepForm):
    """A draft becomes a question."""

    prefix = "foresla"
    summary = "Föreslå nu"
    route = "issues:action_propose"
    submit_label = "Föreslå nu"

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.state == Action.State.DRAFT

    @property
    def receipt(self) -> str:
        return f"Åtgärden är föreslagen för {self.assignment.organisation}."

    def save(self) -> Action:
        self.action.propose(by=self.by)
        return self.action


class SteeringForm(StepForm):
    """A step of the samordnare's that changes what an organisation is asked; it tells what she had seen."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.initial["seen"] = assignment.action.standing

    def refuse(self, error: ValidationError) -> None:
        """She has been told what happened meanwhile, and may send again."""
        super().refuse(error)
        self.data = {**self.data.dict(), self.add_prefix("seen"): self.action.standing}  # type: ignore[attr-defined]


class HandOverForm(SteeringForm):
    """The samordnare's turn: answer the question, ask again, or ask somebody else."""

    prefix = "overlamna"
    summary = "Lämna över till någon annan"
    route = "issues:action_hand_over"
    submit_label = "Skicka"
    WORDS: ClassVar[dict[str, str]] = {
        Assignment.Answer.QUESTION: "Svara på frågan",
        Assignment.Answer.PASSED_ON: "Välj vem som får frågan",
        Assignment.Answer.DECLINED: "Fråga igen, eller fråga någon annan",
    }
    missing = {"organisation": "Välj vem som får frågan.", "answer_due": "Skriv när svaret ska ha kommit."}

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Till vem?")
    message = field_of(Assignment, "message", label="Vad vill du säga?", widget=forms.Textarea({"rows": 3}))
    answer_due = ComingDay(label="Svar senast")

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.offer("organisation", Organisation.objects.active().in_order())
        self.initial["answer_due"] = Group.current().answer_due()
        if assignment.answer != Assignment.Answer.PASSED_ON:
            self.initial["organisation"] = assignment.organisation_id
        if assignment.answer == Assignment.Answer.QUESTION:
            message = self.fields["message"]
            message.label, message.required = "Svar på frågan", True
            message.error_messages["required"] = "Skriv ett svar på frågan."

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.state != Action.State.DRAFT and action.can_become(Action.State.PROPOSED)

    @property
    def words(self) -> str:
        return self.WORDS.get(self.assignment.answer, self.summary)

    @property
    def receipt(self) -> str:
        return f"Skickat till {self.cleaned_data['organisation']}."

    def clean(self) -> dict[str, Any]:
        """To ask the same ones again without a word would leave them where they were."""
        same = self.cleaned_data.get("organisation") == self.assignment.organisation
        if same and not self.cleaned_data.get("message") and "message" not in self.errors:
            self.add_error("message", f"Skriv vad {self.assignment.organisation} behöver veta.")
        return self.cleaned_data

    def save(self) -> Action:
        said = self.cleaned_data
        self.action.hand_over(
            to=said["organisation"],
            message=said["message"],
            answer_due=said["answer_due"],
            seen=said["seen"],
            by=self.by,
        )
        return self.action


class CancelForm(SteeringForm):
    """The group takes its question back."""

    prefix = "aterta"
    summary = "Ta tillbaka åtgärden"
    route = "issues:action_cancel"
    submit_label = "Ta tillbaka"
    missing = {"reason": "Skriv varför gruppen tar tillbaka åtgärden."}

    reason = forms.CharField(label="Varför?", max_length=1000, widget=forms.Textarea({"rows": 2}))

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.CANCELLED)

    @property
    def receipt(self) -> str:
        return "Åtgärden är återtagen."

    def save(self) -> Action:
        self.action.cancel(reason=self.cleaned_data["reason"], seen=self.cleaned_data["seen"], by=self.by)
        return self.action


class BeginForm(WordForm):
    """The organisation has begun."""

    prefix = "paborjad"
    summary = "Vi har börjat"
    route = "issues:action_begin"
    submit_label = "Vi har börjat"

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.ONGOING)

    def save(self) -> Action:
        self.action.begin(by=self.by, channel=self.how)
        return self.action


class FinishForm(WordForm):
    """The organisation reports it done; the note is what the reporter will be told from."""

    prefix = "klar"
    summary = "Rapportera klar"
    route = "issues:action_finish"
    submit_label = "Rapportera klar"
    missing = {"note": "Skriv vad som gjordes, så att gruppen kan berätta det för dem som rapporterade."}

    note = field_of(
        Action,
        "done_note",
        label="Vad gjordes?",
        help_text="En eller två meningar räcker.",
        required=True,
        widget=forms.Textarea({"rows": 3}),
    )

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.DONE)

    def save(self) -> Action:
        self.action.finish(note=self.cleaned_data["note"], by=self.by, channel=self.how)
        return self.action


class ChangeDateForm(WordForm):
    """Another day than the promised one, with the reason the group is owed."""

    prefix = "datum"
    summary = "Ändra datumet"
    route = "issues:action_change_date"
    submit_label = "Ändra datumet"
    missing = {"planned": "Skriv det nya datumet.", "reason": "Skriv varför datumet flyttas."}

    seen = forms.DateField(widget=forms.HiddenInput)
    planned = ComingDay(label="Klart i stället")
    reason = field_of(DateChange, "reason", label="Varför?", widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.initial["seen"] = assignment.planned

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_promised

    def save(self) -> Action:
        said = self.cleaned_data
        DateChange.make(
            self.assignment, seen=said["seen"], new=said["planned"], reason=said["reason"], by=self.by, channel=self.how
        )
        return self.action


PROGRESS = (BeginForm, FinishForm, ChangeDateForm)
STEERING = (ProposeForm, HandOverForm, CancelForm)
