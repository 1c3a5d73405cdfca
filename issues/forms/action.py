"""The form that proposes actions, and the fields that it shares with the room."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from base.swedish.words import listed
from base.ui.fields import ComingDay, field_of
from base.ui.forms import RegisterForm
from base.ui.layout import More
from base.ui.said_day import SaidDayField
from base.ui.widgets import ChoiceChecks, ChoiceRadios
from issues.models import Action, Issue
from issues.proposing import propose_to_each
from issues.receivers import not_mailed, receivers, tell_few
from members.actor import Actor
from members.models import Member, Organisation


class ProposalFields(RegisterForm):
    """The fields of a proposal that the page and the room share: by when, for how long, and who stands behind it.

    choosing  further fields whose choices are the organisations of the group
    """

    choosing: ClassVar[tuple[str, ...]] = ()
    by: Member

    answer_due = ComingDay(label="Svar senast")
    wished = SaidDayField(label="Önskas klart", required=False)
    term = forms.ChoiceField(
        label="Sikt", choices=[*Action.Term.choices, ("", "Inte bedömt")], required=False, widget=ChoiceRadios
    )
    supporting = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Stöd från", widget=ChoiceChecks, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_to_each((*self.choosing, "supporting"), Organisation.objects.active().in_order())
        if (issue := self.about) and issue.restricted:
            self.offer_to_each(self.choosing, receivers(issue))
            tell_few(self.fields[self.choosing[0]], issue)
        self.initial.setdefault("answer_due", self.by.group.answer_due())

    @property
    def about(self) -> Issue | None:
        """The issue that it is asked about; None where there is none yet."""
        raise NotImplementedError

    @property
    def conditions(self) -> dict[str, Any]:
        """The facts of these fields, as `Action.draft` takes them."""
        return {name: self.cleaned_data[name] for name in ("answer_due", "wished", "term", "supporting")}


class ProposalForm(ProposalFields):
    """Proposes an action to each organisation chosen, so that each answers for its own."""

    submit_label = "Föreslå"
    layout = (
        "title",
        "text",
        "organisations",
        "answer_due",
        "wished",
        More("Kort eller lång sikt, och stöd från", "term", "supporting"),
    )
    missing = {
        "title": "Skriv vad som ska göras.",
        "organisations": "Välj ansvarig.",
        "answer_due": "Skriv när svaret ska ha kommit.",
    }

    title = field_of(Action, "title", help_text="Det ni ber om, till exempel: Byta fyra trasiga armaturer.")
    text = field_of(
        Action,
        "text",
        label="Varför, och vad gruppen vet",
        help_text="Skriv så att den ansvariga kan avgöra frågan utan att ringa.",
        widget=forms.Textarea({"rows": 4}),
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label="Ansvarig",
        help_text="Väljer du flera blir det en åtgärd för var och en.",
        widget=ChoiceChecks,
    )

    choosing = ("organisations",)
    field_order = ("title", "text", "organisations", "answer_due", "wished", "term", "supporting")

    def __init__(self, data: Any = None, *, issue: Issue, by: Member) -> None:
        self.issue, self.by = issue, by
        super().__init__(data)

    @property
    def about(self) -> Issue:
        return self.issue

    def receipt(self, saved: str) -> str:
        asked = self.cleaned_data["organisations"]
        proposed = f"Åtgärden är föreslagen för {listed([str(each) for each in asked])}."
        return f"{proposed} {not_mailed(asked, self.issue)}".rstrip()

    def save(self) -> str:
        """Draft and propose the actions, and return the address to go to: the only action, else the issue."""
        facts = self.cleaned_data
        question = {"title": facts["title"], "text": facts["text"], **self.conditions}
        actions = propose_to_each(facts["organisations"], issue=self.issue, by=Actor.of(self.by), **question)
        return actions[0].get_absolute_url() if len(actions) == 1 else self.issue.get_absolute_url()
