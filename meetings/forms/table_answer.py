"""The answers at the table to what the item proposes: a line for each organisation, in the form of the item."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from django import forms
from django.forms import BoundField

from base.swedish.words import listed
from base.ui.fields import VersionField, field_of
from base.ui.said_day import OtherSaidDay
from base.ui.widgets import EMPTY_CHOICE
from issues.forms.answer import NOBODY, DeclineForm, PassOnForm
from issues.models import Answer
from meetings.forms.draft import DraftedFields, Part, name_of
from meetings.forms.kept import as_version
from meetings.models import Decision, ItemDraft, ProposedAction, TableAnswer
from meetings.models.draft_words import USES
from meetings.table_answers import TYPED, answer_at_table, not_saved, proposed_at, take_out
from members.actor import Actor
from members.models import Organisation

Kind = Answer.Kind
KINDS = (
    ("", "Inget svar än"),
    (Kind.ACCEPTED, "Ja"),
    (Kind.DECLINED, "Nej, inte nu"),
    (Kind.QUESTION, Kind.QUESTION.label),
    (Kind.PASSED_ON, Kind.PASSED_ON.label),
)
MISSING: dict[tuple[str, str], str] = {
    (Kind.ACCEPTED, "planned"): "Skriv vilken dag det är klart.",
    (Kind.DECLINED, "reason"): DeclineForm.missing["reason"],
    (Kind.DECLINED, "text"): DeclineForm.missing["text"],
    (Kind.DECLINED, "next_step"): DeclineForm.missing["next_step"],
    (Kind.QUESTION, "text"): "Skriv deras fråga till gruppen.",
    (Kind.PASSED_ON, "to"): PassOnForm.missing["to"],
}
CHOOSE = "Välj vad {} svarar."
STRAY = {
    "planned": "”När är det klart?” hör till ett ja. Välj det, eller töm fältet.",
    "next_step": "”Vad händer härnäst?” hör till ett nej. Välj det, eller töm fältet.",
}
STRUCK = "Svaret från {} är inte sparat, för beslutet ströks."


@dataclass(frozen=True)
class AnswerLine:
    """What one organisation is asked for in a decision: its answer at the table, or the fields of one.

    What is typed in them is kept as a `draft`; `theirs` is what another has typed meanwhile.
    """

    proposed: ProposedAction
    organisation: Organisation
    said: TableAnswer | None
    fields: dict[str, BoundField]
    draft: ItemDraft | None = None
    theirs: str = ""


class TableAnswerFields(DraftedFields):
    """The lines of the answers at the table in the form of an item of a meeting that is under way."""

    retract = forms.ModelChoiceField(queryset=TableAnswer.objects.none(), required=False)
    was_gone = False  # what was to be taken out

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("retract", TableAnswer.objects.on(self.item).select_related("proposed__decision__item"))
        for proposed in self.proposals:
            if self._is_asked(proposed):
                self._add_answer(proposed)

    @cached_property
    def proposals(self) -> list[ProposedAction]:
        return proposed_at(self.item) if self.item.meeting.is_open else []

    @property
    def answer_lines(self) -> Iterator[AnswerLine]:
        for proposed in self.proposals:
            names = {part: name_of(proposed.action_id, part) for part in ("kind", *_PARTS, "version")}
            fields = {part: self[name] for part, name in names.items() if name in self.fields}
            kept = self.drafts.get(names["kind"]), self.their_drafts.get(names["kind"], "")
            yield AnswerLine(proposed, proposed.action.current.organisation, _said(proposed), fields, *kept)

    @property
    def writes_answers(self) -> bool:
        """Whether an answer is written or taken out."""
        return bool(self.was_gone or self.cleaned_data.get("retract") or self._answered())

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        self.was_gone = bool(self.errors.pop("retract", None))  # by another, or by her in another window
        for proposed in self.proposals:
            if name_of(proposed.action_id) in self.fields:
                self._clean_line(proposed, facts)
        for key, typed in self._answers_to_nothing().items():
            is_struck = not ProposedAction.objects.filter(action=key, decision__item=self.item).exists()
            self.add_error(None, not_saved(typed, is_struck=is_struck))
        return facts

    @property
    def without_field(self) -> list[ItemDraft]:
        """Also what was typed of an answer: to what is struck or answered, or of one who is not there, and all that
        has a form of its own."""
        answers = [draft for draft in self.drafts.values() if draft.part in ItemDraft.ANSWERS and draft.is_filled]
        return super().without_field + [draft for draft in answers if draft.key not in self.fields]

    def save_answers(self) -> None:
        """Write and take out what is asked for. Raises as `answer_at_table` does."""
        by = Actor.of(self.by)
        self._use_answer_drafts(by)
        if taken := self.cleaned_data.get("retract"):
            self.was_gone = not take_out(taken)
        for proposed, kind in self._answered():
            named = {part: name_of(proposed.action_id, part) for part in USES[kind]}
            facts: dict[str, Any] = {part: self.cleaned_data.get(name) for part, name in named.items()}
            if "to" in facts:
                to = facts.pop("to")
                facts["passed_to"] = None if to == NOBODY else Organisation.objects.get(pk=to)
            answer_at_table(proposed, by=by, kind=kind, **facts)

    @property
    def answers_told(self) -> str:
        """What becomes of the answers that were written, or taken out, or begun to what was struck."""
        told = ["Svaret är redan borttaget."] if self.was_gone else []
        if not self.was_gone and self.cleaned_data.get("retract"):
            told = ["Svaret är borttaget."]
        if who := [str(proposed.action.current.organisation) for proposed, _ in self._answered()]:
            told.append(f"Svaret från {listed(who)} gäller när mötet avslutas.")
        for proposed in self.proposals:
            if self._is_struck(proposed) and (sent := self._sent(proposed.action_id)):
                typed = [sent[part] for part in TYPED if part in sent]
                told.append(STRUCK.format(proposed.action.current.organisation))
                told += [f"Det du skrev: ”{' '.join(typed)}”"] if typed else []
        return " ".join(told)

    def _use_answer_drafts(self, by: Actor) -> None:
        """Empty the drafts of answers that are saved now or taken out by her who saw them. Raises DraftConflict."""
        answered = {proposed.action_id for proposed, _ in self._answered()}
        struck = {proposed.action_id for proposed in self.proposals if self._is_struck(proposed)}
        for draft in (self.kept_now() if answered else self.drafts).values():
            key, version = draft.action_id, as_version(self._posted(name_of(draft.action_id, "version")))
            is_hers = draft.part == Part.ANSWER and key not in struck
            if is_hers and draft.is_of_concern(version, is_saved=key in answered):
                said: Any = self._said_in_line(key) if key in answered else {}
                ItemDraft.use(self.item, Part.ANSWER, action=draft.action, version=version, by=by, **said)

    def _said_in_line(self, action: int | None) -> dict[str, dict[str, Any]]:
        """What is sent of an answer, as a draft would keep it."""
        sent = self._sent(action)
        texts: dict[str, Any] = {
            part: self.cleaned_data.get(name_of(action, part), "") for part in ("text", "next_step")
        }
        chosen: dict[str, Any] = {part: [sent[part]] for part in ("planned", "reason", "to") if part in sent}
        return {
            "saved": {**texts, "planned_words": sent.get("planned_words", "")},
            "chosen": {"kind": [sent[""]], **chosen},
        }

    def _is_asked(self, proposed: ProposedAction) -> bool:
        """Whether its fields are shown: of one who is here and has not answered; and what is sent is never left out."""
        is_open = _said(proposed) is None and not proposed.why_absent
        return is_open or bool(self._sent(proposed.action_id))

    def _is_struck(self, proposed: ProposedAction) -> bool:
        """Whether its decision is struck by this very sending."""
        strikes: Decision | None = self.cleaned_data.get("strike")
        return strikes is not None and strikes.pk == proposed.decision_id

    def _sent(self, action: int | None) -> dict[str, str]:
        """What was chosen and typed in the line, by the part of it, as it was sent."""
        sent = {part: self.data.get(name_of(action, part), "").strip() for part in ("", *_PARTS, "planned_words")}
        return {part: words for part, words in sent.items() if words}

    def _add_answer(self, proposed: ProposedAction) -> None:
        who, named = str(proposed.action.current.organisation), partial(name_of, proposed.action_id)
        self.fields |= {
            named(): forms.ChoiceField(label=f"Svar från {who}", choices=KINDS, required=False),
            named("reason"): field_of(Answer, "reason", label="Varför?", required=False),
            named("to"): forms.ChoiceField(label="Vem ansvarar?", required=False),
        }
        self.one_of = (*self.one_of, *(named(part) for part in ("", *_PARTS)))  # by the answer chosen
        self.offer_choices(named("to"), lambda: self._offered(proposed))
        rows: dict[str, Any] = {"required": False, "widget": forms.Textarea({"rows": 2})}
        self.add_text(named("planned"), OtherSaidDay(label="När är det klart?", required=False))
        self.add_text(named("text"), field_of(Answer, "text", label="Kommentar eller skäl", **rows))
        self.add_text(named("next_step"), field_of(Answer, "next_step", label="Vad händer härnäst?", **rows))
        self._keep_draft(proposed.action_id)

    def _keep_draft(self, action: int) -> None:
        """Add the version of what is typed and not saved, and show that."""
        version, draft = name_of(action, "version"), self.drafts.get(name_of(action))
        self.fields[version] = VersionField()
        if self.is_bound:
            self.initial[version] = self._posted(version)
        elif draft:
            shown = {part: values[0] for part, values in draft.choices.items()}
            shown |= {part: getattr(draft, part) for part in ("text", "next_step")}
            shown["planned"] = [shown.get("planned", ""), draft.planned_words]
            self.initial.update({name_of(action, part): value for part, value in shown.items()})

    def _clean_line(self, proposed: ProposedAction, facts: dict[str, Any]) -> None:
        who, named = proposed.action.current.organisation, partial(name_of, proposed.action_id)
        kind, sent = facts.get(named(), ""), self._sent(proposed.action_id)
        is_struck = self._is_struck(proposed)
        for part in _PARTS:
            if is_struck or (part not in TYPED and part not in USES.get(kind, ())):
                self.errors.pop(named(part), None)  # of what was chosen before the answer was changed
        if is_struck:
            self.errors.pop(named(), None)
            return
        typed = {part: facts.get(named(part)) for part in _PARTS}
        if not kind and named() not in self.errors and (any(typed.values()) or sent):
            self.add_error(named(), CHOOSE.format(who))
        for part, sentence in STRAY.items():
            if kind and part not in USES[kind] and (sent.get(part) or sent.get(f"{part}_words")):
                self.errors.pop(named(part), None)
                self.add_error(named(part), f"{who}: {sentence}")
        for (of, part), sentence in MISSING.items():
            if of == kind and not typed[part] and named(part) not in self.errors:
                self.add_error(named(part), f"{who}: {sentence}")

    def _answered(self) -> list[tuple[ProposedAction, str]]:
        standing = (proposed for proposed in self.proposals if not self._is_struck(proposed))
        chosen = ((proposed, self.cleaned_data.get(name_of(proposed.action_id), "")) for proposed in standing)
        return [(proposed, kind) for proposed, kind in chosen if kind]

    def _answers_to_nothing(self) -> dict[int, dict[str, str]]:
        """What was chosen and typed of what the item proposes no longer, by what it answers."""
        known = {proposed.action_id for proposed in self.proposals}
        named = (
            found for name in self.data if (found := re.fullmatch(r"answer_([0-9]{1,18})(?:_[a-z_]{1,20})?", name))
        )
        keys = dict.fromkeys(int(found[1]) for found in named)
        return {key: sent for key in keys if key not in known and (sent := self._sent(key))}

    def _offered(self, proposed: ProposedAction) -> list[tuple[str, str]]:
        """Those that a new action may be asked of, which are read once for the page, less the one that answers."""
        receivers: Any = self.fields["responsible"]
        own = proposed.action.current.organisation_id
        named = [(str(pk), words) for pk, words in receivers.choices if pk and pk != own]
        return [("", EMPTY_CHOICE), *named, (NOBODY, "De vet inte, samordnaren utser")]


_PARTS = ("planned", "reason", "to", "text", "next_step")


def _said(proposed: Any) -> TableAnswer | None:
    said: TableAnswer | None = getattr(proposed, "answer", None)
    if said:
        said.why_absent = proposed.why_absent
    return said
