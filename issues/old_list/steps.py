"""What a row of an old åtgärdslista does: each step goes by the verbs that pages have too, and says whence it came."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from base.records.conflicts import Acting
from base.swedish.said_days import SaidDay
from base.swedish.words import day_and_month, sentence
from issues.models import Action, Answer, Closure, Issue
from issues.models.status import ActionState
from members.actor import Actor
from members.models import Organisation

State = ActionState
COUNTS_AS = {
    State.PROPOSED: "actions_asked",
    State.ACCEPTED: "actions_promised",
    State.ONGOING: "actions_promised",
    State.DONE: "actions_done",
    State.DECLINED: "actions_declined",
    State.CANCELLED: "actions_cancelled",
}
NO_NEXT_STEP = "Inget nästa steg står i den gamla åtgärdslistan."
ENDED_THERE = "Avslutat i den gamla åtgärdslistan."


@dataclass
class ListWorld:
    """The issues and organisations that the steps are about, the issues that they open too; `missing` are the names
    of those responsible that the register has none of."""

    issues: dict[str, Issue] = field(default_factory=dict)
    organisations: dict[int, Organisation] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class OpenIssue:
    counts_as = "issues_new"

    key: str
    title: str
    where: str

    @property
    def words(self) -> str:
        return sentence(f"Nytt ärende: {self.title}{f', {self.where}' if self.where else ''}")

    def carry_out(self, world: ListWorld, *, by: Acting) -> None:
        facts: dict[str, Any] = {"title": self.title, "where": self.where, "kind": Issue.Kind.OTHER}
        world.issues[self.key] = Issue.create(by=_brought_in(by), **facts)


@dataclass(frozen=True)
class BringInAction:
    """An action for an organisation, in the state that the list says.

    due     by when it is wished done, or promised
    note    what is said of how it stands: what was done, why not
    """

    issue: str
    organisation: int
    called: str
    state: State
    title: str
    text: str
    due: SaidDay | None
    decided_on: date | None
    done_on: date | None
    note: str
    answer_due: date

    @property
    def counts_as(self) -> str:
        return COUNTS_AS[self.state]

    @property
    def words(self) -> str:
        promised = self.due.promised(today=date.min) if self.due else ""
        stands = {
            State.PROPOSED: f"väntar på svar, senast {_day(self.answer_due)}{self._wished}",
            State.ACCEPTED: f"åtar sig, {promised}",
            State.ONGOING: f"påbörjad, {promised}",
            State.DONE: f"klar {_day(self.done_on) if self.done_on else ''}",
            State.DECLINED: "avböjd, annat skäl",
            State.CANCELLED: "återtagen",
        }
        decided = f" Beslutad {_day(self.decided_on)}." if self.decided_on else ""
        return f"Ny åtgärd för {self.called}: {stands[self.state]}.{decided} {sentence(self.note)}".strip()

    @property
    def _wished(self) -> str:
        return f", {self.due.wished(today=date.min)}" if self.due else ""

    def carry_out(self, world: ListWorld, *, by: Acting) -> None:
        actor = _brought_in(by)
        action = Action.draft(
            issue=world.issues[self.issue],
            organisation=world.organisations[self.organisation],
            by=actor,
            title=self.title,
            text=self.text,
            wished=self.due if self.state == State.PROPOSED else None,
        )
        facts = {"decided_on": self.decided_on.isoformat()} if self.decided_on else {}
        action.propose(by=actor, facts=facts)
        self._answer(action, actor)

    def _answer(self, action: Action, actor: Actor) -> None:
        current = action.current
        match self.state:
            case State.ACCEPTED | State.ONGOING if self.due:
                current.accept(by=actor, planned=self.due, text=self.note)
                if self.state == State.ONGOING:
                    action.start(by=actor)
            case State.DONE if self.done_on:
                current.already_done(by=actor, done_on=self.done_on, note=self.note)
            case State.DECLINED:
                current.decline(by=actor, reason=Answer.Reason.OTHER, text=self.note, next_step=NO_NEXT_STEP)
            case State.CANCELLED:
                action.cancel(reason=self.note, by=actor)


@dataclass(frozen=True)
class CloseIssue:
    """What the list had ended: nobody has anything left to do or to answer in it."""

    counts_as = "issues_closed"

    key: str
    outcome: str

    @property
    def words(self) -> str:
        return f"Ärendet avslutas: {Closure.Outcome(self.outcome).label.lower()}."

    def carry_out(self, world: ListWorld, *, by: Acting) -> None:
        world.issues[self.key].close(by=_brought_in(by), outcome=self.outcome, feedback=ENDED_THERE)


# Private


def _brought_in(by: Acting) -> Actor:
    return Actor.of(by.member).bringing_in()


def _day(day: date) -> str:
    return day_and_month(day, today=date.min)
