"""The samordnare's steps with an action: propose a draft, answer or hand over, take back."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from base.records.freetext import FreeTextFormField
from base.ui.fields import ComingDay, VersionField, field_of
from issues.forms.action_step import ActionForm
from issues.models import Action, Answer, Assignment
from members.models import Group, Member, Organisation


class ProposeForm(ActionForm):
    """Proposes a draft: it becomes a question."""

    prefix = "foresla"
    summary = "Föreslå nu"
    route = "issues:action_propose"
    submit_label = "Föreslå nu"

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_draft

    def receipt(self, saved: Action) -> str:
        return f"Åtgärden är föreslagen för {self.assignment.organisation}."

    def save(self) -> Action:
        self.action.propose(by=self.actor)
        return self.action


class SteeringForm(ActionForm):
    """A step of the samordnare's that changes what an organisation is asked; it tells what she had seen."""

    version = VersionField()

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.fields["version"].initial = lambda: assignment.action.version


class HandOverForm(SteeringForm):
    """Answers the organisation's question, asks again, or asks somebody else."""

    prefix = "overlamna"
    summary = "Lämna över till någon annan"
    route = "issues:action_hand_over"
    submit_label = "Skicka"
    WORDS: ClassVar[dict[str, str]] = {
        Answer.Kind.QUESTION: "Svara på frågan",
        Answer.Kind.PASSED_ON: "Välj vem som får frågan",
        Answer.Kind.DECLINED: "Fråga igen, eller fråga någon annan",
    }
    missing = {"organisation": "Välj vem som får frågan.", "answer_due": "Skriv när svaret ska ha kommit."}

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Till vem?")
    message = field_of(Assignment, "message", label="Vad vill du säga?", widget=forms.Textarea({"rows": 3}))
    answer_due = ComingDay(label="Svar senast")

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.offer("organisation", Organisation.objects.active().in_order())
        self.initial["answer_due"] = Group.current().answer_due()
        if self.answered != Answer.Kind.PASSED_ON:
            self.initial["organisation"] = assignment.organisation_id
        if self.answered == Answer.Kind.QUESTION:
            message = self.fields["message"]
            message.label, message.required = "Svar på frågan", True
            message.error_messages["required"] = "Skriv ett svar på frågan."

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return not action.is_draft and action.can_become(Action.State.PROPOSED)

    @property
    def answered(self) -> str:
        """The kind of the organisation's answer; empty when it has not answered."""
        return self.assignment.answer.kind if self.assignment.answer else ""

    @property
    def words(self) -> str:
        return self.WORDS.get(self.answered, self.summary)

    def receipt(self, saved: Action) -> str:
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
            version=said["version"],
            by=self.actor,
        )
        return self.action


class CancelForm(SteeringForm):
    """Takes the group's question back."""

    prefix = "aterta"
    summary = "Ta tillbaka åtgärden"
    route = "issues:action_cancel"
    submit_label = "Ta tillbaka"
    missing = {"reason": "Skriv varför gruppen tar tillbaka åtgärden."}

    reason = FreeTextFormField(label="Varför?", max_length=1000, widget=forms.Textarea({"rows": 2}))

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.CANCELLED)

    def receipt(self, saved: Action) -> str:
        return "Åtgärden är återtagen."

    def save(self) -> Action:
        self.action.cancel(reason=self.cleaned_data["reason"], version=self.cleaned_data["version"], by=self.actor)
        return self.action


STEERING = (ProposeForm, HandOverForm, CancelForm)
