"""What closing a meeting will do, for the page that asks before it does: and what has changed since that was read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count

from django.core.exceptions import ValidationError

from base.records import EditConflict
from base.swedish.words import capital, in_words, sentence
from issues.counting import FeedbackRecipients
from issues.models import Action, Counter
from meetings.agenda.at_table import AtTable
from meetings.agenda.numbers import numbers_of
from meetings.agenda.rules import proposals
from meetings.models import AgendaItem, Decision, ItemDraft, Meeting, OrganisationAtMeeting, TableAnswer
from meetings.models.decision import DecisionQuerySet
from meetings.table_answers import answers_to_give, written_at
from members.models import Member

CHANGED_SINCE = "Mötet är inte avslutat, för det här har ändrats sedan du läste sidan:"
READ_AGAIN = "Läs igen, och avsluta om det stämmer."


@dataclass
class Preview:
    """What closing a meeting would do now, and what still hinders it."""

    at_table: AtTable
    agenda: list[AgendaItem] = field(default_factory=list)  # in its order
    decisions: list[Decision] = field(default_factory=list)
    discussed: list[AgendaItem] = field(default_factory=list)
    deferred: list[AgendaItem] = field(default_factory=list)
    unspoken: list[AgendaItem] = field(default_factory=list)
    passed_by: list[AgendaItem] = field(default_factory=list)  # undiscussed, and nothing raises them again
    unnoted: list[OrganisationAtMeeting] = field(default_factory=list)
    numbers: dict[int, str] = field(default_factory=dict)  # of each item
    decided_as: dict[int, str] = field(default_factory=dict)  # of each decision the number that it gets, for a page
    unsent: list[ItemDraft] = field(default_factory=list)  # typed and never decided: they stay at their items
    written: list[TableAnswer] = field(default_factory=list)  # at the table, to what is proposed
    audiences: dict[int, FeedbackRecipients] = field(default_factory=dict)  # of each issue that ends, for a page

    @property
    def proposed(self) -> list[Decision]:
        return [decision for decision in self._of(Decision.Kind.PROPOSE) if decision.drafts]

    @property
    def drafts(self) -> list[Action]:
        """The actions that are proposed."""
        return [action for decision in self.proposed for action in decision.drafts]

    @property
    def closed(self) -> list[Decision]:
        return [decision for decision in self._of(Decision.Kind.CLOSE) if not _is_closed(decision)]

    @property
    def lifted(self) -> list[Decision]:
        return self._of(Decision.Kind.ESCALATE)

    @property
    def others(self) -> list[Decision]:
        """The decisions that change nothing at the closing: in words, or carried out by somebody already."""
        shown = (*self.proposed, *self.closed, *self.lifted, *self._of(Decision.Kind.DEFER))
        return [decision for decision in self.decisions if decision not in shown]

    @property
    def deferred_as(self) -> list[tuple[AgendaItem, Decision]]:
        """What is deferred, each with the decision that says so."""
        decided = {decision.item_id: decision for decision in self._of(Decision.Kind.DEFER)}
        return [(item, decided[item.pk]) for item in self.deferred]

    @property
    def has_annex(self) -> bool:
        """Whether something restricted is frozen apart."""
        return any(item.issue and item.issue.restricted for item in self.agenda)

    @property
    def answers(self) -> list[TableAnswer]:
        """What is answered at the table and takes effect."""
        return [one for one in self.written if not one.why_void]

    @property
    def seen(self) -> str:
        """Names what is shown, for the closing to tell what has changed since."""
        return _seen_of(self.decisions, self.agenda, self.unsent, self.answers)

    @property
    def may_close(self) -> bool:
        """Whether every organisation is noted, as it must be."""
        return not self.unnoted

    def ensure_noted(self, before: str) -> None:
        """Raise ValidationError where an organisation is not noted."""
        if not self.may_close:
            names = ", ".join(str(row.organisation) for row in self.unnoted)
            raise ValidationError(f"Notera närvaron för {names} innan {before}.")

    def _of(self, *kinds: Decision.Kind) -> list[Decision]:
        return [decision for decision in self.decisions if decision.kind in kinds]


def preview(meeting: Meeting, member: Member | None = None) -> Preview:
    """What closing the meeting would do now; for a page, only what the member may see of it, and what comes back."""
    related = ("heading", "issue", "action", "continues__meeting")
    items = AgendaItem.objects.filter(meeting=meeting).on_agenda().select_related(*related)
    decisions = _decisions(meeting)
    if member:
        items, decisions = items.visible_to(member), decisions.visible_to(member)
    unnoted = OrganisationAtMeeting.objects.filter(meeting=meeting, state=OrganisationAtMeeting.State.UNNOTED)
    deferred = {decision.item_id for decision in decisions if decision.kind == Decision.Kind.DEFER}
    at_table = AtTable(meeting, items, Action.objects.visible_to(member) if member else Action.objects.all())
    foreseen = Preview(
        at_table,
        agenda=list(items),
        decisions=list(decisions),
        discussed=[
            item for item in items if item.pk not in deferred and (item.is_discussed or at_table.deals_with(item))
        ],
        deferred=[item for item in items if item.pk in deferred],
        numbers=numbers_of(meeting, items),
        unnoted=list(unnoted.select_related("organisation").in_order()),
    )
    if member:
        settled = (*foreseen.discussed, *foreseen.deferred)
        left = [item for item in items if item not in settled and not item.is_heading]
        foreseen.unspoken = _coming_back(left, decisions, member)
        foreseen.passed_by = [item for item in left if item not in foreseen.unspoken]
        foreseen.decided_as = _numbers_to_be(meeting, foreseen.decisions)
        ending = [decision.issue for decision in foreseen.closed if decision.issue]
        decided = {decision.pk for decision in foreseen.decisions}
        foreseen.written = [one for one in written_at(meeting) if one.proposed.decision_id in decided]
        foreseen.unsent = list(ItemDraft.objects.left_at(meeting, items))
        foreseen.audiences = FeedbackRecipients.of_each(ending, member)
    return foreseen


def ensure_seen(meeting: Meeting, seen: str, member: Member) -> None:
    """Raise EditConflict with what has changed of what she may know of, since the preview that she saw."""
    if "|" not in seen:
        return
    named = [{key for key in keys.split(",") if key} for keys in seen.split("|")]
    decided, discussed = named[:2]
    decisions = {str(each.pk): each for each in Decision.objects.visible_to(member).at(meeting)}
    marked = AgendaItem.objects.visible_to(member).at(meeting).discussed()
    items = {str(item.pk): item for item in marked}
    changes = [f"Nytt beslut: {sentence(str(each))}" for key, each in decisions.items() if key not in decided]
    if gone := len(decided - decisions.keys()):  # struck, or hers to read no longer
        those = in_words(gone, "beslut som du läste", "beslut som du läste", neuter=True)
        changes.append(f"{capital(those)} står inte kvar på sidan.")
    changes += [f"Punkten ”{item}” är behandlad." for key, item in items.items() if key not in discussed]
    if unmarked := len(discussed - items.keys()):
        so_many = "punkt står inte längre som behandlad", "punkter står inte längre som behandlade"
        changes.append(f"{capital(in_words(unmarked, *so_many))}.")
    if len(named) > 2:  # typed in another window, and not saved
        changes += [
            f"Ett utkast är skrivet men inte sparat på punkten ”{draft.item}”."
            for draft in ItemDraft.objects.left_at(meeting, AgendaItem.objects.visible_to(member))
            if str(draft.pk) not in named[2]
        ]
    if len(named) > 3:
        waiting = {str(one.pk): one for one in answers_to_give(meeting) if str(one.proposed.decision_id) in decisions}
        changes += [
            f"Nytt svar vid bordet: {sentence(str(one))}" for key, one in waiting.items() if key not in named[3]
        ]
        changes += ["Ett svar vid bordet är borttaget, eller gäller inte längre."] * len(named[3] - waiting.keys())
    if changes:
        raise EditConflict(f"{CHANGED_SINCE} {' '.join(changes)} {READ_AGAIN}")


def restricted_last(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions in the order that they are numbered: no gap in the minutes tells of what is restricted."""
    return sorted(decisions, key=lambda decision: bool(decision.issue and decision.issue.restricted))


def _seen_of(
    decisions: Iterable[Decision],
    items: Iterable[AgendaItem],
    unsent: Iterable[ItemDraft],
    answers: Iterable[TableAnswer],
) -> str:
    """Names what a preview shows, for a form to carry: the decisions, the items that are marked as discussed, what is
    typed and not saved, and the answers at the table."""
    discussed = [item.pk for item in items if item.is_discussed]
    keys = [each.pk for each in decisions], discussed, [each.pk for each in unsent], [each.pk for each in answers]
    return "|".join(",".join(map(str, sorted(each))) for each in keys)


def _numbers_to_be(meeting: Meeting, decisions: Iterable[Decision]) -> dict[int, str]:
    """The number that each of the decisions has, or gets if the meeting closes now, by its key."""
    year, given = meeting.day.year, count(Counter.last_of(Counter.Series.DECISION, meeting.day.year) + 1)
    return {one.pk: one.number or f"{year}-{next(given)}" for one in restricted_last(decisions)}


def _is_closed(decision: Decision) -> bool:
    return bool(decision.issue and decision.issue.is_closed)


def _coming_back(left: Iterable[AgendaItem], decisions: Iterable[Decision], member: Member) -> list[AgendaItem]:
    """Those of the undiscussed items that come up again: issues that the rules raise anew, and topics in words.

    How an issue ended is presented once, discussed or not, and does not come back.
    """
    ending = {decision.issue_id for decision in decisions if decision.kind == Decision.Kind.CLOSE}
    raised = {proposal.issue.pk for proposal in proposals(member)} - ending
    return [item for item in left if not item.issue_id or (item.issue_id in raised and not item.is_ending)]


def _decisions(meeting: Meeting) -> DecisionQuerySet:
    return Decision.objects.at(meeting).select_related("item__issue", "lifts").with_actions().with_open_actions()
