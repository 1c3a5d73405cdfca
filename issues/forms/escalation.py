"""The forms of escalating: lifting an action, what they decided, taking that back, and to whom each kind's goes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse

from base.records import EditConflict
from base.ui.fields import PastDay, VersionField, field_of
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceRadios
from issues.escalating import may_be_escalated, rungs_left, written
from issues.forms.action_step import VersionedForm
from issues.models import Action, Assignment, Escalation, EscalationPath, Ruling
from issues.models.escalation_path import COLUMNS, Kind
from members.actor import Actor
from members.models import Member

OTHERS_NOW = "Till vem åtgärden kan eskaleras är ändrat, medan sidan låg öppen. Välj igen. Inget är sparat."


def undo_of_escalation(escalation: Escalation) -> Undo:
    """The way back of what was written of it last, and not of what is written later."""
    return Undo(reverse("issues:escalation_withdraw", args=[escalation.pk]), {"written": written(escalation)})


def told_by_mail(question: Assignment) -> str:
    """Tekniska förvaltningen får veta det i mejl. Said where it has a mailbox that may be told of it."""
    is_told = question.organisation.takes_mail and not question.action.issue.restricted
    return f"{question.organisation} får veta det i mejl." if is_told else ""


class EscalateForm(VersionedForm):
    """Lifts the action to those above the organisation."""

    prefix = "eskalera"
    summary = "Eskalera"
    route = "issues:action_escalate"
    submit_label = "Eskalera"
    missing = {"rung": "Välj till vem åtgärden eskaleras."}

    rung = forms.TypedChoiceField(label="Till vem?", coerce=int, widget=ChoiceRadios)
    raised_on = PastDay(label="När?")
    registry_no = field_of(Escalation, "registry_no", label="Diarienummer", required=False)
    offered = VersionField()

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        rungs = rungs_left(assignment.action)
        self.initial["offered"] = " · ".join(to for _, to in rungs)
        self.offer_choices("rung", [(str(rung), to) for rung, to in rungs])
        self.to = dict(rungs)
        self.initial["rung"] = str(rungs[0][0]) if rungs else ""
        self.fields["registry_no"].help_text = "Kan skrivas in senare, med beslutet."

    def clean_offered(self) -> str:
        """Whom one could choose among on the page: a rung may have another name since, and is not what she chose."""
        offered = str(self.cleaned_data["offered"])
        if offered not in {"", self.initial["offered"]}:
            raise EditConflict(OTHERS_NOW)
        return offered

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return may_be_escalated(action) and bool(rungs_left(action))

    def receipt(self, saved: Action) -> str:
        return f"Åtgärden är eskalerad till {self.escalation.to}. {told_by_mail(self.assignment)}".rstrip()

    def undo(self, saved: Action) -> Undo:
        return self.leading_back(undo_of_escalation(self.escalation))

    def save(self) -> Action:
        facts = self.cleaned_data
        self.escalation = Escalation.escalate(
            self.action,
            to=self.to[facts["rung"]],
            rung=facts["rung"],
            registry_no=facts["registry_no"],
            raised_on=facts["raised_on"],
            version=facts["version"],
            by=self.actor,
        )
        return self.action


class RuleForm(VersionedForm):
    """Writes down what those it was lifted to decided."""

    prefix = "avgjord"
    summary = "Notera beslutet"
    route = "issues:action_rule"
    submit_label = "Spara beslutet"
    missing = {"decision": "Skriv vad beslutet blev."}

    decision = field_of(
        Ruling, "decision", label="Vad blev beslutet?", required=True, widget=forms.Textarea({"rows": 3})
    )
    decided_on = PastDay(label="När?")
    registry_no = field_of(Escalation, "registry_no", label="Diarienummer", required=False)

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.escalation = Escalation.of(self.action)
        if self.escalation:
            self.initial["registry_no"] = self.escalation.registry_no

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        lifted = Escalation.of(action)
        return lifted is not None and lifted.is_open

    @property
    def words(self) -> str:
        return f"Notera beslutet från {self.escalation.to}" if self.escalation else self.summary

    def receipt(self, saved: Action) -> str:
        return f"Beslutet är sparat. {told_by_mail(self.assignment)}".rstrip()

    def undo(self, saved: Action) -> Undo | None:
        return self.leading_back(undo_of_escalation(self.escalation)) if self.escalation else None

    def save(self) -> Action:
        facts = self.cleaned_data
        Escalation.write_ruling(
            self.action,
            decision=facts["decision"],
            decided_on=facts["decided_on"],
            registry_no=facts["registry_no"],
            version=facts["version"],
            by=self.actor,
        )
        return self.action


class WithdrawEscalationForm(RegisterForm):
    """Takes back what was written of an escalation last."""

    written = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, escalation: Escalation, by: Member) -> None:
        self.escalation, self.by = escalation, by
        super().__init__(data)

    def save(self) -> Action:
        self.escalation.withdraw_latest(by=Actor.of(self.by), written=self.cleaned_data["written"])
        return self.escalation.action

    def receipt(self, saved: Action) -> str:
        return "Eskaleringen är tillbakatagen." if self.escalation.withdrawn_at else "Beslutet är taget tillbaka."


class EscalationPathsForm(RegisterForm):
    """Says to whom the actions of each kind of organisation are escalated, first and then."""

    submit_label = "Spara"

    version = VersionField()

    def __init__(self, data: Any = None, *, by: Member) -> None:
        self.by = by
        super().__init__(data)
        known = EscalationPath.known()
        for kind in Kind:
            for column, label, words in zip(COLUMNS, ("först till", "sedan till"), known[kind], strict=True):
                name, asked = f"{kind}_{column}", f"{kind.label}, {label}"
                self.fields[name] = field_of(EscalationPath, column, label=asked, required=False)
                self.initial[name] = words
        self.initial["version"] = EscalationPath.version_of_all

    def save(self) -> str:
        facts = self.cleaned_data
        paths = {str(kind): (facts[f"{kind}_{COLUMNS[0]}"], facts[f"{kind}_{COLUMNS[1]}"]) for kind in Kind}
        EscalationPath.change_all(paths, version=facts["version"], by=Actor.of(self.by))
        return reverse("issues:escalation_paths")

    def receipt(self, saved: Any) -> str:
        return "Ändringen är sparad."
