"""The form of an item in the room: one form for all that is written, so that no button loses another field's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.html import format_html

from base.records.freetext import FreeLineFormField, FreeTextFormField
from base.swedish.words import listed
from base.ui.fields import field_of
from base.ui.widgets import ChoiceChecks
from issues.escalating import liftable
from issues.forms.action import ProposalFields
from issues.forms.issue_steps import ClosingFields
from issues.models import Action, Closure, Issue
from meetings.agenda.ordering import restore_line
from meetings.deciding import (
    CANNOT_BE_LIFTED,
    NO_ISSUE,
    NOBODY,
    NOT_STRUCK,
    STRUCK_ALREADY,
    decide,
    make_issue,
    propose_action_to_each,
    restore,
    withdraw,
)
from meetings.forms.draft import DraftedFields, Part
from meetings.forms.opening import OpeningFields
from meetings.forms.round_note import RoundFields
from meetings.forms.table_answer import TableAnswerFields
from meetings.models import AgendaItem, Decision, TableAnswer
from meetings.models.agenda import ONLY_THEN
from meetings.table_answers import answers_to
from members.actor import Actor
from members.models import Organisation

Kind = Decision.Kind
WHY_PAUSED = "Skriv varför gruppen avvaktar."
STRAY = "”{}” hör till ”{}”. Välj det, eller töm fältet."
OF_WORDS = [kind for kind in Kind if kind not in (Kind.PROPOSE, Kind.OTHER)]
BELONGS = (
    (Kind.REFER, "to", "Skriv till vem frågan hänskjuts."),
    (Kind.ESCALATE, "lifts", "Välj vilken åtgärd, och till vem."),
)
"""What belongs to one kind alone: the kind, the field, and what is said where it is missing."""


class DecisionFields(ClosingFields, DraftedFields):
    """The fields of a decision: its kind, its words, and what belongs to some kinds alone."""

    needed = {
        "to": "för att hänskjuta",
        "lifts": "för att eskalera",
        "outcome": "för att avsluta",
        "feedback": "för att avsluta",
        "despite": "för att avsluta när åtgärder är öppna",
    }

    kind = forms.ChoiceField(label="Slag", required=False)
    text = FreeTextFormField(label="Beslut", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), required=False)
    to = FreeLineFormField(
        label="Till vem",
        max_length=120,
        required=False,
        help_text="En organisation, en nämnd eller någon annan.",
        widget=forms.TextInput({"list": "hanskjuts-till"}),
    )
    lifts = forms.ChoiceField(
        label="Vilken åtgärd, och till vem", required=False, error_messages={"invalid_choice": CANNOT_BE_LIFTED}
    )
    outcome = forms.ChoiceField(label="Utfall", choices=[("", "Välj …"), *Issue.Outcome.choices], required=False)
    feedback = field_of(
        Closure,
        "feedback",
        label="En mening till dem som rapporterat",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    despite = FreeLineFormField(label="Varför, trots öppna åtgärder", max_length=500, required=False)

    FOLDED = ("to", "lifts", *ClosingFields.CLOSING)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_choices("kind", self._kinds)
        self.offer_choices("lifts", self._lifts)

    @property
    def about(self) -> Issue | None:
        issue: Issue | None = self.item.issue
        return issue

    def _kinds(self) -> list[tuple[str, str]]:
        """Those that make sense on the item: what belongs to an issue where it has one that is open."""
        is_open = self.about is not None and self.about.is_open
        kinds = [Kind.REFER, Kind.INFORM]
        if is_open:
            kinds = [Kind.PAUSE, Kind.CLOSE, *kinds, *([Kind.ESCALATE] if self.liftable else [])]
        may_wait = not self.item.meeting.is_being_corrected
        if may_wait and (is_open or not (self.item.issue_id or self.item.is_heading)):
            kinds.append(Kind.DEFER)
        kinds += [kind for kind in OF_WORDS if kind not in kinds and self.data.get("kind") == kind]  # an old page's
        return [(kind.value, kind.label) for kind in (Kind.OTHER, *kinds)]

    def _lifts(self) -> list[tuple[str, str]]:
        words = [(_named(action, rung), f"{action}: till {to}") for action, rung, to in self.liftable]
        return [("", "Välj …"), *words]

    @property
    def referred_to(self) -> list[str]:
        """The names that are suggested: the organisations."""
        choices: Any = self.fields["responsible"]
        return [str(words) for key, words in choices.choices if key]

    @cached_property
    def liftable(self) -> list[tuple[Action, int, str]]:
        """What may be escalated: the item's own action, or of its issue; read where the choice is shown or made."""
        if self.about is None or not self.about.is_open:
            return []
        own = self.item.action_id
        return liftable([action for action in self.of_issue if own in (None, action.pk)])

    @cached_property
    def of_issue(self) -> list[Action]:
        """The actions of the issue that she knows of; a page that has read them says which."""
        return list(Action.objects.visible_to(self.by).filter(issue=self.item.issue).with_current().order_by("pk"))

    @property
    def kind_of_decision(self) -> str:
        return self.cleaned_data.get("kind") or Kind.OTHER

    @property
    def decides_more(self) -> bool:
        """Whether any of the folded fields is filled in, or belongs to the kind that is chosen."""
        shown = any(self[name].value() for name in self.FOLDED)
        return shown or self["kind"].value() in (Kind.CLOSE, Kind.REFER, Kind.ESCALATE)

    @property
    def decides(self) -> bool:
        facts = self.cleaned_data
        is_of_a_kind = self.kind_of_decision != Kind.OTHER
        return is_of_a_kind or any(facts.get(name) for name in ("text", *self.FOLDED))

    @property
    def ends(self) -> bool:
        """Whether the decision closes the issue."""
        return bool(self.cleaned_data.get("kind") == Kind.CLOSE)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not self.decides or "kind" in self.errors:
            return facts
        chosen = self.kind_of_decision  # which is no longer among the facts when something is refused about it
        if self.ends:
            self.ask_for("outcome", "Välj utfallet.")
            self.ask_for("feedback", "Skriv en mening till dem som rapporterat.")
        elif self._left(self.CLOSING):
            self.add_error("kind", "Utfall och återkoppling hör till ”Avsluta ärendet”. Välj det, eller töm fälten.")
        for kind, name, missing in BELONGS:
            if chosen == kind:
                self.ask_for(name, missing)
            elif self._left([name]):
                self.add_error("kind", STRAY.format(self[name].label, kind.label))
        if chosen in (Kind.OTHER, Kind.PAUSE):
            self.ask_for("text", WHY_PAUSED if chosen == Kind.PAUSE else "Skriv beslutet.")
        return facts

    def _left(self, names: Iterable[str]) -> bool:
        """Whether anything is filled in that belongs to a kind which is not chosen. What else is wrong with that is not
        told, and a choice that is offered no more is none."""
        refused = [name for name in names if self.errors.pop(name, None) and name not in ("lifts", "outcome")]
        for name in names:
            self.cleaned_data.setdefault(name, "")
        return bool(refused) or any(self.cleaned_data[name] for name in names)

    def decide(self) -> None:
        facts = self.cleaned_data
        lifted = {_named(action, rung): (action, rung, to) for action, rung, to in self.liftable}
        action, rung, to = lifted.get(facts["lifts"], (None, None, facts["to"]))
        typed = {"text": facts["text"], "to": to, **self.closing}
        decide(self.item, by=Actor.of(self.by), kind=self.kind_of_decision, lifts=action, rung=rung, **typed)


class ActionFields(ProposalFields, OpeningFields):
    """The fields that propose actions from the room, the same as "Föreslå en åtgärd" has, most of them folded."""

    title = FreeLineFormField(
        label="Gör ett ärende av punkten",
        max_length=120,
        required=False,
        help_text="Ärendets rubrik. Behövs för att föreslå en åtgärd.",
    )
    what = field_of(Action, "title", label="Vad ska göras", required=False)
    responsible = forms.ModelChoiceField(Organisation.objects.none(), label="Ansvarig", required=False)
    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label="Fråga fler om samma sak", widget=ChoiceChecks, required=False
    )
    why = field_of(
        Action, "text", label="Varför, och vad gruppen vet", required=False, widget=forms.Textarea({"rows": 2})
    )

    choosing = ("responsible", "others")
    field_order = (
        *("note", "version", "title", "opens", "need", "influence", "what", "responsible", "answer_due"),
        *("others", "why", "wished", "term", "supporting", "text", "kind", *DecisionFields.FOLDED),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        due = self.fields["answer_due"]
        due.required = due.widget.is_required = False  # most items ask for nothing

    @property
    def asks_more(self) -> bool:
        """Whether any of the folded fields is filled in or wrong."""
        names = ("others", "why", "wished", "supporting")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def asks(self) -> bool:
        names = ("what", "responsible", "others", "why", "wished", "supporting")
        return any(self.cleaned_data.get(name) for name in names)

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if not self.asks:
            self.errors.pop("answer_due", None)  # a day for a question that nobody puts
            return facts
        self.ask_for("what", "Skriv vad som ska göras.")
        if "answer_due" in self.data and not facts.get("answer_due") and "answer_due" not in self.errors:
            self.add_error("answer_due", "Skriv när svaret ska ha kommit.")  # no day is filled in unseen
        if not self.asked:
            self.ask_for("responsible", NOBODY)
        if not self.item.issue_id and not (facts.get("title") or facts.get("opens")):
            self.ask_for("title" if self.has[Part.ISSUE] else "opens", NO_ISSUE)
        return facts

    @property
    def asked(self) -> list[Organisation]:
        """The organisations to ask, each once, the responsible first."""
        responsible, others = self.cleaned_data.get("responsible"), self.cleaned_data.get("others") or ()
        return list(dict.fromkeys([responsible, *others] if responsible else others))

    def ask(self) -> None:
        facts = self.cleaned_data
        question = {"title": facts["what"], "text": facts["why"], **self.conditions}
        at = self.item if self.item.issue_id else self.opened or self.item
        propose_action_to_each(at, self.asked, by=Actor.of(self.by), **question)


def _named(action: Action, rung: int) -> str:
    """Names an action and how high it goes, in a form."""
    return f"{action.pk}-{rung}"


LOOK_OVER = '{} I {} står något som {}. <a href="{}#id_{}_found">Se över {}</a>'

THROWN_AWAY = "Utkastet är slängt. Så stod det, om du vill ha kvar orden: {}"
STAY, NEXT, SKIP, BACK, UNSPOKEN, RESTORE = THEN = "stay", "next", "skip", "back", "unspoken", "restore"
"""What one goes on to when it is saved; only `next` says that the item is done with, and `restore` that one which was
taken off is to stand on the agenda again."""


class ItemForm(RoundFields, TableAnswerFields, DecisionFields, ActionFields):
    """Saves note, decision, new action and new issue of one item: what is filled in, and leaves the rest alone."""

    kept: Sequence[Action] = ()  # what was proposed already when its decision was struck
    thrown: Sequence[str] = ()  # what was typed, had no field any longer and was thrown away
    struck_answers: Sequence[TableAnswer] = ()  # what was answered at the table to what was struck

    strike = forms.ModelChoiceField(
        queryset=Decision.objects.none(), required=False, error_messages={"invalid_choice": STRUCK_ALREADY}
    )
    restore = forms.ModelChoiceField(
        queryset=Decision.objects.none(), required=False, error_messages={"invalid_choice": NOT_STRUCK}
    )
    then = forms.ChoiceField(choices=[(choice, choice) for choice in THEN], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("strike", Decision.objects.of(self.item))
        self.offer("restore", Decision.with_struck.of(self.item).struck())

    @property
    def only_leads_on(self) -> bool:
        """Whether it writes nothing and only asks for another item, as it also may when the meeting has closed."""
        facts = self.cleaned_data
        chosen = facts["strike"] or facts["restore"]
        typed = facts["title"] or facts.get("opens") or chosen or facts["note"] != self.item.note
        writes = self.decides or self.asks or self.judges or typed
        return facts["then"] in {SKIP, BACK} and not (writes or self.says_more or self.writes_answers)

    @property
    def is_late(self) -> bool:
        """Whether it was sent when the meeting was not open, and cannot be saved however it is put right."""
        return self.is_bound and not self.item.meeting.is_open

    def refuse_late(self) -> None:
        """Leave one error, that the meeting is not under way: what else is wrong can no longer be mended."""
        self.errors.clear()
        self.add_error(None, self.item.meeting.refusal(ONLY_THEN))

    def save(self) -> AgendaItem:
        """Save all that is filled in, or nothing. Raises NoteConflict, NotAllowed, ValidationError."""
        facts = self.cleaned_data
        if self.is_late and self.only_leads_on:
            return self.item
        if facts["then"] == RESTORE:
            restore_line(self.item.meeting, self.item.key, by=Actor.of(self.by))
        item = super().save()
        self.save_round()
        self.thrown = self.thrown_away()
        saved: dict[str, bool] = {Part.ISSUE: bool(facts["title"]), Part.OPENS: bool(facts.get("opens"))}
        self.use_drafts(saved | {Part.DECISION: self.decides, Part.ACTION: self.asks, Part.PRIORITY: self.judges})
        self.judge()
        if facts["title"]:
            make_issue(item, by=Actor.of(self.by), title=facts["title"])
        self.open_beside()
        if facts["strike"]:
            self.struck_answers = answers_to(facts["strike"])
            self.kept = withdraw(facts["strike"], by=Actor.of(self.by))
        if facts["restore"]:
            restore(facts["restore"])
        steps = [(self.decides, self.decide), (self.asks, self.ask)]
        # Where the issue ends, what is asked comes first: why it ends all the same is asked in its own field.
        for is_filled_in, write in reversed(steps) if self.ends else steps:
            if is_filled_in:
                write()
        self.save_answers()
        self._mark()
        return item

    @property
    def fragment(self) -> str:
        """The place on the page of what is struck or stands again, or where one decides; empty where nothing was."""
        struck, restored = self.cleaned_data["strike"], self.cleaned_data["restore"]
        if restored:
            return f"#{restored.anchor}"
        if struck is None:
            return ""
        is_there = self.item.meeting.is_being_corrected and struck.number
        return f"#{struck.anchor}" if is_there else "#decide"

    def receipt(self, saved: AgendaItem) -> str:
        """The message: what was saved, and what the guard found in the note, which is saved all the same."""
        if self.is_late:
            return self.item.meeting.refusal("")
        told = self._saved_words(saved)
        return self._look_over(told, saved) if self.guard_tells else told

    def _look_over(self, told: str, saved: AgendaItem) -> str:
        name = self.told_in
        where, it = ("noteringen", "noteringen") if name == "note" else (f"det {self[name].label} säger", "det")
        return format_html(LOOK_OVER, told, where, self.told_words, saved.get_absolute_url(), name, it)

    def leaves_something(self, saved: AgendaItem) -> bool:
        return self.guard_tells and not self.is_late

    def _saved_words(self, saved: AgendaItem) -> str:
        """That it is saved, and that a decision marks the item as discussed while striking it does not unmark it."""
        facts = self.cleaned_data
        told = (super().receipt(saved), self.opened_told, self.answers_told, self.unsent_told)
        sentence = " ".join(filter(None, told))
        if self.kept:
            whom = listed([str(action.current.organisation) for action in self.kept])
            sentence = f"{sentence} Åtgärden ”{self.kept[0]}” var redan föreslagen för {whom} och finns kvar."
        if self.struck_answers:
            whose = listed([str(one.organisation) for one in self.struck_answers])
            sentence = f"{sentence} Svaret från {whose} är struket med det."
        if self.thrown:
            sentence = f"{sentence} {THROWN_AWAY.format(' '.join(self.thrown))}"
        if facts["restore"]:
            return f"{sentence} Beslutet står kvar."
        if facts["strike"] and saved.meeting.is_being_corrected and facts["strike"].number:
            return f"{sentence} Beslutet stryks när rättelsen sparas."
        if facts["strike"] and not saved.decisions.exists():
            return f"{sentence} Beslutet är struket. Punkten räknas ändå som behandlad; det går att ändra nedan."
        if facts["then"] in {NEXT, SKIP, BACK} or not (self.decides or self.asks):
            return sentence
        if self.decides and facts["kind"] == Decision.Kind.DEFER:
            return f"{sentence} Punkten är bordlagd till nästa möte."
        return f"{sentence} Punkten räknas som behandlad."

    def _mark(self) -> None:
        if self.cleaned_data["then"] == NEXT:
            self.item.mark_discussed(by=Actor.of(self.by))
        elif self.cleaned_data["then"] == UNSPOKEN:
            self.item.unmark_discussed(by=Actor.of(self.by))
