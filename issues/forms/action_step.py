"""The forms on an action's page: each step a form of its own, folded until it is chosen.

Here are the samordnare's steps; the answers stand in answer.py, and in promise.py the steps after a yes.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from crispy_forms.helper import FormHelper
from django import forms
from django.urls import reverse

from base.records import EditConflict
from base.records.freetext import FreeTextFormField
from base.swedish.words import capital
from base.ui.fields import ComingDay, PastDay, VersionField, field_of
from base.ui.forms import RegisterForm
from base.ui.undo import Undo
from base.ui.widgets import ChoiceRadios
from issues.forms.taking_back import undo_of_answer
from issues.models import Action, Answer, Assignment
from issues.receivers import not_mailed, receivers, say_whose_it_is_not, tell_few
from issues.rules import answers_on_behalf
from issues.way_back import WayBack
from members.actor import Actor, Channel, Voice
from members.models import Member, Organisation


class Side(Enum):
    """Whose step it is: the organisation's answer, progress or own handling, or the samordnare's."""

    ANSWER = "answer"
    PROGRESS = "progress"
    HANDLING = "handling"
    STEERING = "steering"


class ActionForm(RegisterForm):
    """The base of the steps with an action, taken by a member, or by link, on the assignment that was shown.

    side      whose step it is
    summary   the words one unfolds it by
    route     the address that saves it; takes the pk of `target`
    by        the member; None by link
    sent_to   the address that saves it, where that is another

    What an organisation says, it says in its own name, or the samordnare writes it down with how it came. Whoever
    answers for the organisation herself is signed in; nothing she sends can say otherwise.
    """

    side: ClassVar[Side]
    summary: ClassVar[str]
    route: ClassVar[str]
    way_back: WayBack | None = None
    sent_to: str = ""

    channel = forms.ChoiceField(label="Hur kom beskedet?", choices=Channel.on_behalf, widget=ChoiceRadios)
    shown = VersionField()

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        self.assignment, self.by = assignment, by
        super().__init__(data)
        self.on_behalf = by is not None and self.side != Side.STEERING and answers_on_behalf(by, assignment)
        if not self.on_behalf or self.side == Side.HANDLING:  # their own bookkeeping is nobody's word
            del self.fields["channel"]
        if self.side == Side.PROGRESS:
            self.initial["shown"] = str(assignment.organisation_id)
        else:
            del self.fields["shown"]

    def clean_shown(self) -> str:
        """The organisation whose step the page showed: whoever has it since then did not say it."""
        shown = str(self.cleaned_data["shown"])
        if shown not in {"", self.initial["shown"]}:
            raise EditConflict(f"Åtgärden ligger nu hos {self.assignment.organisation}. Inget av ditt är sparat.")
        return shown

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        """Whether the action's state allows the step: an answer needs an open question."""
        return action.is_asked

    def lead_back(self, way: WayBack | None, *, is_there: bool | None = None) -> None:
        """Lead on to where one came from; how an answer comes there is chosen beforehand.

        It is not asked where it is known that they are there, and nothing is chosen where they are not. An answer
        carries the version of what was typed of it there, where that is kept.
        """
        self.way_back = way
        if way and way.answered and self.side == Side.ANSWER:
            self.fields.setdefault("draft_version", VersionField())
        if way and way.channel and is_there is not False:
            self.initial["channel"] = way.channel
            if is_there and "channel" in self.fields:
                self.fields["channel"].widget = forms.HiddenInput()

    @cached_property
    def helper(self) -> FormHelper:
        helper = super().helper
        if helper.layout and "channel" in self.fields:
            helper.layout.insert(0, "channel")
        return helper

    @property
    def action(self) -> Action:
        return self.assignment.action

    @property
    def voice(self) -> Voice:
        """Whose word an answer or progress is: the organisation's, from a member or by link.

        What she answers for her own came as it comes from where she is: on the meeting, from the item where it is
        spoken of, if they are there.
        """
        if self.by is None:
            return Voice.by_link(self.assignment.organisation)
        way = self.way_back if self.is_answer else None
        from_there = way.channel if way and way.answered and way.answered.is_here(self.assignment) else ""
        channel = str(self.cleaned_data.get("channel") or from_there or Channel.SIGNED_IN)
        return Actor.of(self.by).speaking_for(self.assignment.organisation, channel)

    def carried(self, *names: str) -> dict[str, Any]:
        """Those of the fields that were sent, emptied ones too: what did not come is not to be touched."""
        sent = (name for name in names if name in self.cleaned_data and self.add_prefix(name) in self.data)
        return {name: self.cleaned_data[name] for name in sent}

    @property
    def target(self) -> Action | Assignment:
        """The row that the step changes: the action, or for an answer the assignment that was shown."""
        return self.assignment if self.side == Side.ANSWER else self.action

    @property
    def url(self) -> str:
        return self.sent_to or self.address(self.route, self.target.pk)

    def address(self, route: str, pk: object) -> str:
        """The address of a route, with the way back to where one came from."""
        address = reverse(route, args=[pk])
        return self.way_back.carried_by(address) if self.way_back else address

    def leading_back(self, undo: Undo) -> Undo:
        """The undo, with the way back to where one came from."""
        return replace(undo, url=self.way_back.carried_by(undo.url)) if self.way_back else undo

    @property
    def words(self) -> str:
        """The words of the fold, when they depend on the action's state."""
        return self.summary

    @property
    def is_answer(self) -> bool:
        """Whether it answers the question, which then stands with it."""
        return self.side == Side.ANSWER

    @property
    def outcome(self) -> str:
        """What has been said, for the receipt: svarat ja, planerat klart 18 december."""
        raise NotImplementedError

    def receipt(self, saved: Action) -> str:
        """What was said, and for whom; of an answer also until when it can be withdrawn."""
        who = f"Noterat för {self.assignment.organisation}: {self.outcome}." if self.on_behalf else ""
        readers = "De som är namngivna" if self.action.issue.restricted else "Gruppen"
        told = who or f"{capital(self.outcome)}. {readers} ser det direkt."
        return f"{told} Går att ta tillbaka till klockan {self.last_minute}." if self.last_minute else told

    @property
    def last_minute(self) -> str:
        """The time of day until which what was said can be taken back; empty where it cannot."""
        answer = self.assignment.answer if self.is_answer else None
        return answer.last_minute if answer else ""

    def undo(self, saved: Action) -> Undo | None:
        """The undo of an answer that was a slip; None for other steps."""
        if self.side != Side.ANSWER:
            return None
        return self.leading_back(undo_of_answer(self.assignment))

    def save(self) -> Action:
        """Take the step and return the action. Raises Conflict when somebody was first."""
        raise NotImplementedError


class DoneForm(ActionForm):
    """Tells that it is done: the day, and a note from which the feedback to reporters is written."""

    missing = {"note": "Skriv vad som gjordes, så att gruppen kan berätta det för dem som rapporterade."}
    day_asked: ClassVar[str]

    done_on = PastDay()
    note = field_of(
        Action,
        "done_note",
        label="Vad gjordes?",
        help_text="En eller två meningar räcker.",
        required=True,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member | None) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.fields["done_on"].label = self.day_asked


# The samordnare's steps


class SteeringForm(ActionForm):
    """The base of the samordnare's steps."""

    side = Side.STEERING
    by: Member

    @property
    def actor(self) -> Actor:
        return Actor.of(self.by)


class ProposeForm(SteeringForm):
    """Proposes a draft: it becomes a question."""

    prefix = "foresla"
    summary = "Föreslå nu"
    route = "issues:action_propose"
    submit_label = "Föreslå nu"

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.is_draft

    def clean(self) -> dict[str, Any]:
        """Require that somebody may read the question: the issue may have been restricted since it was drafted."""
        facts = super().clean()
        issue, organisation = self.action.issue, self.assignment.organisation
        if issue.restricted and not receivers(issue).filter(pk=organisation.pk).exists():
            self.add_error(None, f"Ärendet är begränsat, och ingen som svarar för {organisation} får läsa det.")
        return facts

    def receipt(self, saved: Action) -> str:
        asked = self.assignment.organisation
        return f"Åtgärden är föreslagen för {asked}. {not_mailed([asked], self.action.issue)}".rstrip()

    def save(self) -> Action:
        self.action.propose(by=self.actor)
        return self.action


class VersionedForm(SteeringForm):
    """The base of those that carry the version that she was shown."""

    version = VersionField()

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.fields["version"].initial = lambda: assignment.action.version


class Handover(NamedTuple):
    """The words of a handover: on the fold, on the button, there with whom it names, and of the receipt."""

    fold: str
    button: str
    names: str
    receipt: str


HANDOVERS = {
    "": Handover(
        "Lämna över till någon annan", "Lämna över", "Lämna över till {}", "{} är ansvarig och har fått frågan."
    ),
    Answer.Kind.QUESTION: Handover(
        *("Lämna komplettering", "Skicka kompletteringen", "Skicka kompletteringen till {}"),
        "Kompletteringen är skickad till {}.",
    ),
    Answer.Kind.PASSED_ON: Handover("Utse ansvarig", "Utse ansvarig", "Utse {}", "{} är ansvarig och har fått frågan."),
    Answer.Kind.DECLINED: Handover(
        *("Fråga igen, eller fråga någon annan", "Skicka frågan", "Skicka frågan till {}"),
        "Frågan är skickad till {}.",
    ),
}
"""By what the organisation has answered; empty where it has not."""


class HandOverForm(VersionedForm):
    """Hands the action over: answers the organisation's question, asks again, or asks another."""

    prefix = "overlamna"
    summary = HANDOVERS[""].fold
    route = "issues:action_hand_over"
    submit_names = "overlamna-organisation"
    missing = {"organisation": "Välj ansvarig.", "answer_due": "Skriv när svaret ska ha kommit."}
    needed = {"message": "när samma organisation tillfrågas igen"}

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Ansvarig")
    message = field_of(Assignment, "message", label="Vad vill du säga?", widget=forms.Textarea({"rows": 3}))
    answer_due = ComingDay(label="Svar senast")

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        self.offer("organisation", receivers(assignment.action.issue))
        tell_few(self.fields["organisation"], assignment.action.issue)
        again = "Ska de ändå få den, skriv varför."
        self.not_theirs = say_whose_it_is_not(self.fields["organisation"], assignment, again)
        self.initial["answer_due"] = by.group.answer_due()
        self.submit_label, self.submit_says = self.handover.button, self.handover.names
        if self.answered != Answer.Kind.PASSED_ON:
            self.initial["organisation"] = assignment.organisation_id
        if self.answered == Answer.Kind.QUESTION:
            message = self.fields["message"]
            message.label, message.required = "Komplettering", True
            message.error_messages["required"] = "Skriv kompletteringen."

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return not action.is_draft and action.can_become(Action.State.PROPOSED)

    @property
    def answered(self) -> str:
        """The kind of the organisation's answer; empty when it has not answered."""
        return self.assignment.answer.kind if self.assignment.answer else ""

    @property
    def handover(self) -> Handover:
        return HANDOVERS.get(self.answered, HANDOVERS[""])

    @property
    def words(self) -> str:
        return self.handover.fold

    def receipt(self, saved: Action) -> str:
        asked = self.cleaned_data["organisation"]
        return f"{self.handover.receipt.format(asked)} {not_mailed([asked], self.action.issue)}".rstrip()

    def clean(self) -> dict[str, Any]:
        """Require a message when one is asked again: the same, or one that has said that it is not theirs."""
        to = self.cleaned_data.get("organisation")
        again = to in (self.assignment.organisation, *self.not_theirs)
        if again and not self.cleaned_data.get("message") and "message" not in self.errors:
            self.add_error("message", f"Skriv vad {to} behöver veta.")
        return self.cleaned_data

    def save(self) -> Action:
        facts = self.cleaned_data
        self.action.hand_over(
            to=facts["organisation"],
            message=facts["message"],
            answer_due=facts["answer_due"],
            version=facts["version"],
            by=self.actor,
        )
        return self.action


class CancelForm(VersionedForm):
    """Cancels the action."""

    prefix = "aterta"
    summary = "Ta tillbaka åtgärden"
    route = "issues:action_cancel"
    submit_label = "Ta tillbaka"
    missing = {"reason": "Skriv varför gruppen tar tillbaka åtgärden."}

    reason = FreeTextFormField(label="Varför?", max_length=1000, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, assignment: Assignment, by: Member) -> None:
        super().__init__(data, assignment=assignment, by=by)
        asked = f"{assignment.organisation} och alla andra som ser ärendet"
        readers = "de som ser utkastet" if self.action.is_draft else asked
        self.fields["reason"].help_text = f"Läses av {readers}. Åtgärden kan inte återställas."

    @classmethod
    def is_offered(cls, action: Action) -> bool:
        return action.can_become(Action.State.CANCELLED)

    def receipt(self, saved: Action) -> str:
        return "Åtgärden är återtagen."

    def save(self) -> Action:
        self.action.cancel(reason=self.cleaned_data["reason"], version=self.cleaned_data["version"], by=self.actor)
        return self.action
