"""What the page of the minutes and their documents show: the whole in order, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from meetings.agenda.answered import SINCE_LAST
from meetings.followed_up import EARLIER
from members.models import MinutesWords

NO_ACTIONS = "Mötet föreslog inga nya åtgärder."


@dataclass(frozen=True)
class MinutesView:
    """The whole minutes in order; `guests` are those of no organisation, by what they are.

    `called` is the word for them, as when they were frozen. `draft` says why it is one, `saved` which version it is;
    one of them is empty.

    `no_actions` stands for an empty list of actions; empty, as of what was held on paper, there is no list.
    `masked` says of a masked copy that it is one, and since when. `changes` are what a correction has put right, under
    the words of `changed_since`, and `why` what somebody wrote of it.
    """

    called: MinutesWords
    group: str
    title: str
    day: date
    facts: tuple[tuple[str, str], ...]
    attendance: tuple[MinutesAttendanceView, ...]
    guests: tuple[tuple[str, str], ...]
    headings: tuple[MinutesHeadingView, ...]
    actions: tuple[MinutesActionView, ...]
    appendices: tuple[str, ...] = ()
    draft: str = ""
    saved: str = ""
    masked: str = ""
    no_actions: str = NO_ACTIONS
    why: str = ""
    changed_since: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class MinutesAttendanceView:
    """An organisation in the attendance list. `sat` names who sat for it, or says why nobody did."""

    organisation: str
    sat: str
    is_there: bool


@dataclass(frozen=True)
class MinutesHeadingView:
    """A heading. `sentences` come before its items: the reports, the next meeting, or that it was not reached.

    `said` is what each organisation said in the round, by its name.
    `answered` are the rows of what was answered since the last meeting: title, organisation, answer. `earlier` is what
    became of the decisions of earlier meetings than the one before.
    """

    key: str
    number: str
    title: str
    sentences: tuple[str, ...]
    items: tuple[MinutesItemView, ...]
    answered: tuple[tuple[str, ...], ...]
    earlier: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()

    @property
    def earlier_title(self) -> str:
        return EARLIER

    @property
    def answered_title(self) -> str:
        return SINCE_LAST

    @property
    def says_something(self) -> bool:
        return bool(self.sentences or self.said or self.items or self.answered or self.earlier)


@dataclass(frozen=True)
class MinutesItemView:
    """An item. `title` is empty for the heading itself; `passing` is its reason and presenters, `left` that it was.

    `answers` are what organisations answered at it.
    """

    title: str
    issue: str
    passing: str
    answers: tuple[str, ...]
    note: str
    decisions: tuple[MinutesDecisionView, ...]
    left: str = ""


@dataclass(frozen=True)
class MinutesDecisionView:
    name: str
    text: str
    is_struck: bool = False


@dataclass(frozen=True)
class MinutesActionView:
    """A row of the action list. `decision` is empty for what was proposed before this meeting."""

    title: str
    decision: str
    organisation: str
    supporting: str
    done_by: str
    status: str
