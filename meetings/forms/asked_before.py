"""The answer to what was asked before the meeting: its steps at the item, and what is typed in them and not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from base.records import NotAllowed
from issues.forms.action_step import ActionForm
from issues.forms.answer import OTHER, AcceptForm, AlreadyDoneForm, AskForm, DeclineForm, PassOnForm
from issues.models import Assignment
from issues.rules import may_answer
from meetings import rules
from meetings.agenda.numbers import spots_of
from meetings.attendance import rows_and_others
from meetings.forms.draft import ItemDraftForm, Part
from meetings.forms.kept import as_version
from meetings.models import AgendaItem, DraftConflict, ItemDraft
from meetings.models.agenda import ONLY_THEN
from members.actor import Actor
from members.models import Member

STEPS: dict[str, type[ActionForm]] = {
    Part.ACCEPTED: AcceptForm,
    Part.DONE: AlreadyDoneForm,
    Part.DECLINED: DeclineForm,
    Part.QUESTION: AskForm,
    Part.PASSED_ON: PassOnForm,
}
"""The form of each step, by the part of its draft."""
OTHER_NAMES = {"planned_words": "other_day_words"}
"""What a column of the draft is called in the form."""


def part_of(step: ActionForm) -> str:
    """The part that the draft of a step has; empty for a step that is no answer."""
    return next((part for part, kind in STEPS.items() if isinstance(step, kind)), "")


class StepDraftForm(ItemDraftForm):
    """Keeps what is typed in one step of the answer to what was asked before the meeting."""

    def __init__(self, *args: Any, assignment: Assignment, part: str, by: Member, **kwargs: Any) -> None:
        self.step = STEPS[part](assignment=assignment, by=by)
        super().__init__(*args, part=part, by=by, action=assignment.action, **kwargs)
        self.draft.organisation = assignment.organisation

    def named(self, part: str) -> str:
        return self.step.add_prefix(OTHER_NAMES.get(part, part))

    def typed(self) -> tuple[dict[str, str], dict[str, list[str]]]:
        """Nothing, where all is as the step shows it at first, or no more than that it is another day is chosen."""
        texts, chosen = super().typed()
        sent = texts | {name: next(iter(values), "") for name, values in chosen.items()}
        if sent.get("planned") == OTHER and not (sent["other_day"] or sent["planned_words"]):
            del sent["planned"]
        if all(value == self._at_first(name) for name, value in sent.items()):
            return dict.fromkeys(texts, ""), {}
        return texts, chosen

    def _at_first(self, name: str) -> str:
        shown = self.step[name].value() if name in self.step.fields else None
        return "" if shown is None else str(shown)


@dataclass(frozen=True)
class KeptStep:
    """A step of the answer as the item shows it: what is typed in it is kept at the address `keeps`, as the `draft`.

    `theirs` is what another has typed in it since the page was shown that it was sent from.
    """

    form: ActionForm
    keeps: str
    draft: ItemDraft | None = None
    is_open: bool = False
    theirs: str = ""


def kept_steps(item: AgendaItem, steps: Iterable[ActionForm], drafts: Mapping[str, ItemDraft]) -> list[KeptStep]:
    """The steps with what is typed in each; the one that was refused, else written in last, is unfolded."""
    found = [(step, part, _draft_of(step, part, drafts)) for step in steps if (part := part_of(step))]
    refused = next((step for step, *_ in found if step.is_bound), None)
    last = max((draft for *_, draft in found if draft), key=lambda draft: draft.written_at, default=None)
    shown = []
    for step, part, draft in found:
        theirs = _written_since(step, draft)
        _show(step, part, drafts, draft)
        keeps = reverse("meetings:step_draft_save", args=[item.pk, step.assignment.pk, part])
        is_open = step is refused if refused else draft is not None and draft is last
        shown.append(KeptStep(step, keeps, None if theirs else draft, is_open=is_open, theirs=theirs))
    return shown


def is_sent_from_item(step: ActionForm) -> bool:
    """Whether the step was sent from the item itself: there, and there alone, it has the version of its draft."""
    return bool(part_of(step)) and _version_sent(step).isdecimal()


@dataclass
class AnsweredAtItem:
    """What is asked and told at the item of an answer that is written there."""

    item: AgendaItem
    by: Member
    _part: str = field(default="", init=False)
    _sent: dict[str, Any] = field(default_factory=dict, init=False)

    def may_answer(self, assignment: Assignment) -> bool:
        return rules.may_answer_at(self.item, self.by, assignment)

    def is_here(self, assignment: Assignment) -> bool:
        """Whether somebody speaks for the organisation at the item, which is about what it was asked."""
        about = assignment.action_id if self.item.action_id else assignment.action.issue_id
        if about != (self.item.action_id or self.item.issue_id):
            return False
        where = spots_of(self.item.meeting).get(self.item.pk, self.item.heading.number)
        table = rows_and_others(self.item.meeting)[0]
        return any(row.is_heard_at(where) for row in table if row.organisation.pk == assignment.organisation_id)

    def begin(self, step: ActionForm) -> None:
        """Lock the item whose draft the step empties, before it locks the action and the issue, and read what is sent:
        saved, the step shows at first what it says. Raises NotAllowed where it is written as one who runs the meeting,
        and that is not under way."""
        part = part_of(step)
        if not (part and rules.may_run_meeting(self.by, self.item.meeting)):
            return
        standing = ItemDraft.lock_with_meeting(self.item)
        if not may_answer(self.by, step.assignment):
            if not self.item.meeting.is_under_way:
                raise NotAllowed(self.item.meeting.refusal(ONLY_THEN))
            standing.ensure_standing()
        form = StepDraftForm(step.data, item=self.item, assignment=step.assignment, part=part, by=self.by)
        form.is_valid()
        texts, chosen = form.typed()
        version = as_version(step.cleaned_data.get("draft_version", ""))
        self._part = part
        self._sent = {"action": step.action, "saved": texts, "chosen": chosen, "version": version}

    def finish(self) -> None:
        """Empty the draft of the step that is taken. What another has typed in it, in other words, stands there."""
        if self._part:
            with suppress(DraftConflict):
                ItemDraft.use(self.item, self._part, by=Actor.of(self.by), **self._sent)


def _draft_of(step: ActionForm, part: str, drafts: Mapping[str, ItemDraft]) -> ItemDraft | None:
    """What is typed in the step, of the organisation that is asked now."""
    draft = drafts.get(ItemDraft.key_of(part, step.action.pk))
    is_theirs = draft and draft.is_filled and draft.organisation_id == step.assignment.organisation_id
    return draft if is_theirs else None


def _version_sent(step: ActionForm) -> str:
    return str(step.data.get(step.add_prefix("draft_version"), ""))


def _written_since(step: ActionForm, draft: ItemDraft | None) -> str:
    """What another has typed in a step that was refused, since it was sent from the page."""
    if draft is None or not step.is_bound or draft.version == as_version(_version_sent(step)):
        return ""
    step.fields["draft_version"].is_refreshed = True  # type: ignore[attr-defined]  # she reads it now
    return draft.words


def _show(step: ActionForm, part: str, drafts: Mapping[str, ItemDraft], draft: ItemDraft | None) -> None:
    """Fill in the step what is typed in it, and the version of that."""
    known = drafts.get(ItemDraft.key_of(part, step.action.pk))
    step.initial["draft_version"] = str(known.version) if known and (draft or not known.is_filled) else "0"
    if draft is None:
        return
    step.is_resumed = True
    shown: dict[str, Any] = {name: values[0] for name, values in draft.choices.items()}
    shown |= {name: getattr(draft, name) for name in draft.names if name != "planned_words"}
    if part == Part.ACCEPTED:
        shown |= _day_shown(step, shown, draft.planned_words)
    step.initial.update(shown)


def _day_shown(step: Any, shown: Mapping[str, Any], words: str) -> dict[str, Any]:
    """When it is done, as the step asks: one of the days that it offers, or another one."""
    planned = shown.get("planned", "")
    if not planned or planned in (OTHER, *step.offered):
        return {"other_day": [shown.get("other_day", ""), words]}
    return {"planned": OTHER, "other_day": [planned, ""]}
