"""What the rows of an old åtgärdslista would do: compared with each other first, and then with the register.

A row in which anything is wrong does nothing. What the register has already is left as it is there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import F, TextField
from django.db.models.functions import Lower
from django.utils import timezone

from base.imports.columns import SheetColumn, SheetRow, plain
from base.imports.plan import ImportPlan, PlannedRow
from base.records.personal_data import Finder
from base.swedish.said_days import Precision, SaidDay
from base.swedish.words import day_and_month, listed, sentence
from base.ui.found_words import SAID
from issues.models import Action, Closure, Issue
from issues.models.issue import IssueQuerySet
from issues.models.status import ActionState
from issues.old_list.cells import COLUMNS, ActionRow, read_row
from issues.old_list.days import review_day
from issues.old_list.responsible import Responsible
from issues.old_list.steps import BringInAction, CloseIssue, ListWorld, OpenIssue
from members.models import Group, Organisation

State = ActionState
LEFT = "Raden har bara en text. Är det en åtgärd skriver du ansvarig och läge på raden."
IN_SMALL = Lower("title", output_field=TextField())
"""No column's own way of writing: a heading would get its large letter back."""
PROMISED = (State.ACCEPTED, State.ONGOING)
ENDED = {State.DONE, State.CANCELLED}
"""In what the list had so, nobody has anything left to do, nor has the group."""


class Known(NamedTuple):
    """An action that the register has: what tells it from others, and how it stands there."""

    number: str
    heading: str
    where: str
    state: str


@dataclass
class Planned:
    """A row with those who answer for it, as it is planned."""

    row: ActionRow
    organisations: list[Organisation]
    shown: PlannedRow


class OldListImport:
    """Actions of the list that a group had before, a row for each."""

    kind = "issues.old_list"
    columns: Sequence[SheetColumn] = COLUMNS
    most_rows = 200  # a row takes some fifty milliseconds, and a proxy waits fifteen seconds
    template = COLUMNS
    needed = frozenset({"what"}), "Säg vilken kolumn som har åtgärderna."

    def plan(self, rows: Sequence[SheetRow]) -> ImportPlan:
        today = timezone.localdate()
        return ListPlanning([read_row(row, today=today) for row in rows], today).plan()

    def hold(self, rows: Sequence[SheetRow]) -> None:
        """Lock the open issues that the rows may go on with."""
        today = timezone.localdate()
        headings = {read_row(row, today=today).heading.lower() for row in rows}
        held = _open_issues(headings).order_by("pk").select_for_update(no_key=True, of=("self",))
        list(held.values_list("pk"))


class ListPlanning:
    """One planning: the rows, and what the register has of what they are about."""

    def __init__(self, rows: list[ActionRow], today: date) -> None:
        self.rows, self.today = rows, today
        self.world = ListWorld()
        self.responsible = Responsible(today)
        self.finder = Finder()
        self.answer_due = Group.current().answer_due(today)
        self.known: dict[Hashable, list[Known]] = defaultdict(list)
        self.first: dict[Hashable, ActionRow] = {}
        self.open: dict[str, list[Issue]] = defaultdict(list)
        self.opened: dict[str, list[Planned]] = defaultdict(list)

    def plan(self) -> ImportPlan:
        planned = [self._read(row) for row in self.rows]
        self._read_register()
        self._compare(planned)
        for each in planned:
            if not (each.shown.wrong or each.shown.left):
                self._plan(each)
        for key, rows in self.opened.items():
            self._close(key, rows)
        self.world.missing = self.responsible.missing
        return ImportPlan([each.shown for each in planned], self.world)

    # What the register has

    def _read(self, row: ActionRow) -> Planned:
        shown = PlannedRow(row.number, row.called, wrong=list(row.wrong), told=list(row.told))
        if row.has_only_words:
            shown.left.append(LEFT)
            return Planned(row, [], shown)
        found, wrong, told = self.responsible.of(row.responsible, ends=row.state in {*ENDED, State.DECLINED})
        shown.wrong += wrong
        shown.told += told
        self.world.organisations |= {one.pk: one for one in found}
        return Planned(row, found, shown)

    def _read_register(self) -> None:
        """The actions with these titles, and the open issues with these headings; in two statements."""
        titles = {row.what.lower() for row in self.rows if row.what}
        actions = Action.objects.filter(issue__restricted=False).annotate(low=IN_SMALL).filter(low__in=titles)
        facts = ("issue__title", "issue__where", "issue__year", "issue__serial", "state", "title")
        for *about, title, organisation in actions.values_list(*facts, F("assignments__organisation")).order_by("pk"):
            heading, where, year, serial, state = about
            known = Known(f"{year}-{serial}", plain(heading), plain(where), str(State(state).label))
            self.known[plain(title), organisation].append(known)
        headings = {row.heading.lower() for row in self.rows if row.heading}
        for issue in _open_issues(headings).order_by("pk"):
            self.open[plain(issue.title)].append(issue)

    # Between rows

    def _compare(self, planned: Sequence[Planned]) -> None:
        """Note which rows are about the same: one does what they say, if they say the same."""
        for each in planned:
            if each.shown.wrong or each.shown.left:
                continue
            for organisation in each.organisations:
                key = (*_about(each.row), organisation.pk)
                first = self.first.setdefault(key, each.row)
                if first is not each.row and _says(first) != _says(each.row):
                    told = f"Rad {first.number} säger annat om samma åtgärd. Behåll en av raderna."
                    each.shown.wrong.append(told)

    # What a row does

    def _plan(self, each: Planned) -> None:
        row, shown = each.row, each.shown
        for organisation in each.organisations:
            first = self.first[(*_about(row), organisation.pk)]
            if first is not row:
                shown.told.append(f"Samma åtgärd som rad {first.number}.")
            elif there := self._known(row, organisation):
                shown.told.append(f"Finns redan i ärende {there.number}: {there.state.lower()}.")
            else:
                self._plan_action(each, organisation)
        if shown.steps:
            shown.told += self._of_days(row)
            shown.told += self._guarded(row)

    def _plan_action(self, each: Planned, organisation: Organisation) -> None:
        row, key = each.row, _issue_key(each.row)
        issue = self._open_issue(row)
        if issue:
            self.world.issues[key] = issue
            each.shown.told.append(f"I ärende {issue.number}, som är öppet.")
        elif key not in self.opened:
            each.shown.steps.append(OpenIssue(key, row.heading, row.where))
        if issue is None and each not in self.opened[key]:
            self.opened[key].append(each)
        there = issue.where if issue else self.opened[key][0].row.where
        each.shown.steps.append(self._step(row, organisation, key, "" if row.where == there else row.where))

    def _step(self, row: ActionRow, organisation: Organisation, key: str, where: str) -> BringInAction:
        state = State(row.state or State.PROPOSED)
        due = row.due.day
        if state in PROMISED and due is None:
            due = SaidDay(review_day(self.today), Precision.RUNNING, "löpande")
        return BringInAction(
            issue=key,
            organisation=organisation.pk,
            called=str(organisation),
            state=state,
            title=row.what,
            text=_text(row, state, where),
            due=due if state in {*PROMISED, State.PROPOSED} else None,
            decided_on=row.decided.day.last if row.decided.day and row.decided.day.is_day else None,
            done_on=self._done_on(row) if state == State.DONE else None,
            note=_note(row, state),
            answer_due=self.answer_due,
        )

    def _done_on(self, row: ActionRow) -> date:
        """The day that the list says, else the one by which it was to be done, else today."""
        if row.done_on.day:
            return row.done_on.day.last
        due = row.due.day
        return due.last if due and due.last <= self.today and not due.is_running else self.today

    def _close(self, key: str, rows: Sequence[Planned]) -> None:
        """Let an issue end with its last row, where all that the list had in it has."""
        states = {each.row.state for each in rows}
        if not states <= ENDED:
            return
        outcome = Closure.Outcome.PARTLY if len(states) > 1 else Closure.Outcome.SOLVED
        if State.DONE not in states:
            outcome = Closure.Outcome.UNSOLVED
        rows[-1].shown.steps.append(CloseIssue(key, outcome))

    # Questions

    def _open_issue(self, row: ActionRow) -> Issue | None:
        """The open issue of that heading; of one that the row does not name, only where it is about the same place."""
        found = self.open[plain(row.heading)]
        same = (one for one in found if row.issue or plain(row.where) in {"", plain(one.where)})
        return next(same, None)

    def _known(self, row: ActionRow, organisation: Organisation) -> Known | None:
        """The action of the register that the row is about: of its issue, else of its place, where it says them."""
        heading, where = plain(row.issue), "" if row.issue else plain(row.where)
        alike = self.known[plain(row.what), organisation.pk]
        return next((one for one in alike if heading in {"", one.heading} and where in {"", one.where}), None)

    def _of_days(self, row: ActionRow) -> list[str]:
        """What is to be known of how the days that are lacking are filled."""
        told, due = [], row.due.day
        review = f"läggs in som löpande och stäms av {day_and_month(review_day(self.today), today=self.today)}."
        none = f"”{row.due.words}” är ingen dag" if row.due.words else "Ingen dag står i listan"
        if row.state in PROMISED and due is None:
            told.append(f"{none}, så åtgärden {review}")
        elif row.state in PROMISED and due and due.last < self.today and not due.is_running:
            told.append("Dagen har passerat, så åtgärden är försenad.")
        elif row.state == State.PROPOSED and row.due.words:
            told.append(f"{none}, så åtgärden får ingen önskad dag.")
        if row.state == State.DONE and not row.done_on.day:
            by = "tidplanens dag används" if self._done_on(row) != self.today else "den läggs in som klar i dag"
            told.append(f"När den blev klar står inte i listan, så {by}.")
        return told

    def _guarded(self, row: ActionRow) -> list[str]:
        """What the guard would ask about in the texts, told: it warns and never blocks."""
        texts = [row.whole or row.what, row.issue, row.where, row.words, row.decided.words]
        told = []
        for text in dict.fromkeys(filter(None, texts)):
            told += [f"”{text[one.start : one.end]}” {SAID[one.kind].why}." for one in self.finder.find(text)[:3]]
        return list(dict.fromkeys(told))


# Private


def _open_issues(headings: set[str]) -> IssueQuerySet:
    """The open issues with these headings, less the restricted, of which not every samordnare may know."""
    known: Any = Issue.objects.open().unrestricted().annotate(low=IN_SMALL)
    found: IssueQuerySet = known.filter(low__in=headings)
    return found


def _about(row: ActionRow) -> tuple[str, str, str]:
    return plain(row.what), plain(row.issue), plain(row.where)


def _says(row: ActionRow) -> tuple[object, ...]:
    return row.state, row.due.day, row.done_on.day


def _issue_key(row: ActionRow) -> str:
    """By what rows are of one issue: its name, else what is to be done and where."""
    return plain(row.issue) if row.issue else f"{plain(row.heading)} {plain(row.where)}"


def _text(row: ActionRow, state: State, where: str) -> str:
    """What stands below the heading of the action: the whole of what is to be done, and what the list had besides.

    `where`, if it is another place than the issue's.
    """
    number = f"nr {row.own_number}" if row.own_number else ""
    decided = f"beslutad: {row.decided.words}" if row.decided.words else ""
    by = row.due.day.shown(today=date.min) if row.due.day and state in ENDED | {State.DECLINED} else row.due.words
    soon = f"klart senast: {by}" if by else ""
    place = f"plats: {where}" if where else ""
    beside = listed(list(filter(None, [number, place, decided, soon])))
    there = sentence(f"I den gamla åtgärdslistan: {beside}") if beside else ""
    return "\n".join(filter(None, [row.whole, row.words if state == State.PROPOSED else "", there]))


UNSAID = {
    State.DONE: "Klart enligt den gamla åtgärdslistan.",
    State.DECLINED: "Avböjt enligt den gamla åtgärdslistan.",
    State.CANCELLED: "Avbrutet enligt den gamla åtgärdslistan.",
}


def _note(row: ActionRow, state: State) -> str:
    return "" if state == State.PROPOSED else row.words or UNSAID.get(state, "")
