"""Actions and what becomes of them: asked at a meeting or between two, answered, moved on, done or taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any

from base.swedish.said_days import SaidDay
from demo.story.calendar import Calendar
from demo.story.data import Data
from demo.story.reading import Record
from demo.story.teller import Teller
from demo.story.working_hours import Hours
from issues.handling import note_handling, take_on
from issues.models import Action, Answer, Assignment, DateChange, Escalation, Issue, Progress
from issues.reminding import remind
from meetings.deciding import propose_action_to_each
from meetings.models import AgendaItem, ItemDraft, ProposedAction
from meetings.table_answers import answer_at_table
from members.actor import Actor, Channel, Voice

TERMS = {"kort": Action.Term.SHORT, "lång": Action.Term.LONG}
CHANNELS = {"telefon": Channel.PHONE, "mejl": Channel.MAIL, "mötet": Channel.MEETING, "länk": Channel.LINK}
REASONS = {reason.label.lower(): reason for reason in Answer.Reason}
HALF_SAID = "utkast"
"""What somebody began to write of an answer at the table and never saved: it stands at the item still."""
AT_TABLE = {"ja": Answer.Kind.ACCEPTED, "nej": Answer.Kind.DECLINED, "frågar": Answer.Kind.QUESTION}
COSTS = {"": "", **{band.label: band for band in Answer.CostBand}}

Step = tuple[datetime, Hours, Callable[[Teller], None], Record]
"""What is done when, during whose hours, and where the data says so."""


class ActionStory:
    """An action of the data; `action` is the row once it is made."""

    action: Action

    def __init__(self, record: Record, data: Data, calendar: Calendar, anchor: date | None) -> None:
        record.only(
            *("vad", "till", "fler", "varfor", "sikt", "stod", "onskas", "svar_senast"),
            *("beslutas", "foreslas", "utkast", "vid_bordet", "handelser"),
        )
        self.record, self.data, self.calendar, self.anchor = record, data, calendar, anchor
        self.meeting = record.get("beslutas")
        if sum(bool(record.get(way)) for way in ("beslutas", "foreslas", "utkast")) != 1:
            raise record.error("En åtgärd har ett av ”beslutas” (på ett möte), ”foreslas” och ”utkast”.")

    def steps(self, issue: Callable[[], Issue]) -> Iterator[Step]:
        """Yield the steps of the action with their moments; `issue` returns its issue once it is opened."""
        words = self.record.get("foreslas") or self.record.get("utkast")
        if words:
            yield self.moment(words), Hours.OFFICE, lambda teller: self._is_asked(teller, issue()), self.record
        for step in self.record.inside("handelser"):
            step.only("nar", "vem", "gor", "text", "klart", "skal", "nasta", "till", "hur", "kostnad", "nummer", "ar")
            verb = step.choice("gor", VERBS)
            person = step.choice("vem", self.data.people, "Maja Exempel")
            happening = _Step(self, step, verb, person.name)
            yield self.moment(step["nar"]), person.hours, happening, step

    def moment(self, words: str) -> datetime:
        try:
            return self.calendar.moment(words, self.anchor)
        except (ValueError, LookupError):
            raise self.record.error(f"”{words}” är ingen tid. Skriv som ”v-3 ons 13.00”.") from None

    def day(self, key: str, record: Record | None = None) -> date | None:
        words = (record or self.record).get(key)
        return self.calendar.working_day(words, self.anchor) if words else None

    def said(self, key: str, record: Record | None = None) -> SaidDay | None:
        """The day as it is said, with its words where it has any."""
        record = record or self.record
        try:
            return self.calendar.said(words, self.anchor) if (words := record.get(key)) else None
        except (ValueError, LookupError):
            raise record.error(f"”{record.get(key)}” är ingen dag. Skriv som ”v3 fre” eller ”v3 fre, vecka”.") from None

    def is_decided(self, item: AgendaItem, teller: Teller) -> None:
        """In one decision; what is told of is the action of the first who is asked."""
        facts = self._facts(teller)
        asked = [facts.pop("organisation"), *(teller.organisations[name] for name in self.record.list("fler"))]
        decision = propose_action_to_each(item, asked, **teller.acts(), **facts)
        self.action = decision.actions.earliest("pk")
        for said in self.record.inside("vid_bordet"):
            self._is_answered_at_table(item, said, teller)

    # Private

    def _facts(self, teller: Teller) -> dict[str, Any]:
        """The facts of the proposal, as `Action.draft` takes them."""
        return {
            "organisation": self.record.choice("till", teller.organisations),
            "title": self.record["vad"],
            "text": self.record.get("varfor"),
            "term": self.record.choice("sikt", TERMS, "kort"),
            "wished": self.said("onskas"),
            "answer_due": self.day("svar_senast"),
            "supporting": [teller.organisations[name] for name in self.record.list("stod")],
        }

    def _is_answered_at_table(self, item: AgendaItem, said: Record, teller: Teller) -> None:
        """What the first who is asked says at once: it counts when the meeting closes, if it was saved."""
        said.only("gor", "klart", "text", "skal", "nasta")
        if said["gor"] == HALF_SAID:
            typed: dict[str, Any] = {"texts": {"text": said["text"]}, "chosen": {"kind": ["accepted"]}, "version": 0}
            ItemDraft.keep(item, ItemDraft.Part.ANSWER, action=self.action, **typed, **teller.acts())
            return
        kind = said.choice("gor", AT_TABLE)
        facts: dict[str, Any] = {"text": said.get("text")}
        if kind == Answer.Kind.DECLINED:
            facts |= {"reason": said.choice("skal", REASONS), "next_step": said["nasta"]}
        teller.clock.pass_minutes(1)
        proposed = ProposedAction.objects.get(action=self.action)
        answer_at_table(proposed, kind=kind, planned=self.said("klart", said), **teller.acts(), **facts)

    def _is_asked(self, teller: Teller, issue: Issue) -> None:
        self.action = Action.draft(issue=issue, **teller.acts(), **self._facts(teller))
        if self.record.get("foreslas"):
            self.action.propose(**teller.acts())


class _Step:
    """One step with an action, by the member of the data, by the samordnare on her behalf, or by link."""

    def __init__(self, story: ActionStory, step: Record, verb: Callable[[_Step], None], who: str) -> None:
        self.story, self.step, self.verb, self.who = story, step, verb, who
        self.channel = step.choice("hur", CHANNELS) if step.get("hur") else Channel.SIGNED_IN

    def __call__(self, teller: Teller) -> None:
        self.teller = teller
        self.member = teller.coordinator if self.step.get("hur") else teller.members[self.who]
        self.action = Action.objects.get(pk=self.story.action.pk)
        asked, is_by_link = self.asked.organisation, self.channel == Channel.LINK
        by = Voice.by_link(asked) if is_by_link else Actor.of(self.member).speaking_for(asked, self.channel)
        self.by: Voice = by
        self.at = teller.now
        self.verb(self)

    @property
    def asked(self) -> Assignment:
        return self.action.current

    @property
    def planned(self) -> SaidDay:
        if day := self.story.said("klart", self.step):
            return day
        raise self.step.error("”klart” saknas: vilken dag lovar de?")

    @property
    def year(self) -> int | None:
        """The budget year: so many years after the one of the step."""
        return self.at.year + int(later) if (later := self.step.get("ar")) else None

    def accepts(self) -> None:
        cost, own = self.step.choice("kostnad", COSTS), self.step.get("nummer")
        facts: dict[str, Any] = {
            "text": self.step.get("text"),
            "cost_band": cost,
            "external_ref": own,
            "budget_year": self.year,
        }
        self.asked.accept(by=self.by, at=self.at, planned=self.planned, **facts)

    def declines(self) -> None:
        reason, text = self.step.choice("skal", REASONS), self.step["text"]
        self.asked.decline(by=self.by, at=self.at, reason=reason, text=text, next_step=self.step["nasta"])

    def asks_back(self) -> None:
        self.asked.ask(by=self.by, at=self.at, text=self.step["text"])

    def passes_on(self) -> None:
        receiver = self.step.choice("till", self.teller.organisations)
        self.asked.pass_on(by=self.by, at=self.at, to=receiver, text=self.step["text"])

    def does_not_know_whose(self) -> None:
        self.asked.pass_on(by=self.by, at=self.at, to=None, text=self.step["text"])

    def starts(self) -> None:
        self.action.start(by=self.by, at=self.at)

    def moves_the_day(self) -> None:
        asked = self.asked
        if asked.planned is None:
            raise self.step.error("Inget datum är lovat än.")
        text = self.step["text"]
        DateChange.make(asked, old=asked.planned, new=self.planned, reason=text, by=self.by, at=self.at)

    def tells_how_far(self) -> None:
        Progress.tell(self.asked, text=self.step["text"], by=self.by, at=self.at)

    def takes_on(self) -> None:
        take_on(self.asked, by=Actor.of(self.member).speaking_for(self.asked.organisation))

    def keeps(self) -> None:
        handler = self.teller.members[self.step["till"]] if self.step.get("till") else None
        number, cost = self.step.get("nummer"), self.step.choice("kostnad", COSTS)
        noted: dict[str, Any] = {
            "handler": handler,
            "external_ref": number,
            "budget_year": self.year,
            "cost_band": cost,
        }
        note_handling(self.asked, by=self.by, **noted)

    def finishes(self) -> None:
        done_on = self.story.day("klart", self.step)
        self.action.finish(note=self.step["text"], done_on=done_on, by=self.by, at=self.at)

    def has_done(self) -> None:
        done_on = self.story.day("klart", self.step) or self.at.date()
        self.asked.already_done(note=self.step["text"], done_on=done_on, by=self.by, at=self.at)

    def is_asked_again(self) -> None:
        receiver = self.teller.organisations[self.step.get("till") or self.asked.organisation.short_name]
        self.action.hand_over(to=receiver, message=self.step["text"], **self.teller.acts())

    def is_reminded(self) -> None:
        remind(self.asked, text=self.step["text"], **self.teller.acts())

    def is_escalated(self) -> None:
        to, number = self.step["till"], self.step.get("nummer")
        Escalation.escalate(self.action, to=to, rung=1, registry_no=number, **self.teller.acts())

    def is_decided_above(self) -> None:
        Escalation.write_ruling(self.action, decision=self.step["text"], **self.teller.acts())

    def is_taken_back(self) -> None:
        self.action.cancel(reason=self.step["text"], **self.teller.acts())


VERBS: dict[str, Callable[[_Step], None]] = {
    "ja": _Step.accepts,
    "redan gjort": _Step.has_done,
    "nej": _Step.declines,
    "frågar": _Step.asks_back,
    "lämnar vidare": _Step.passes_on,
    "vet inte vems": _Step.does_not_know_whose,
    "börjar": _Step.starts,
    "flyttar dagen": _Step.moves_the_day,
    "läge": _Step.tells_how_far,
    "tar hand om": _Step.takes_on,
    "handläggning": _Step.keeps,
    "klar": _Step.finishes,
    "frågas igen": _Step.is_asked_again,
    "påminns": _Step.is_reminded,
    "eskaleras": _Step.is_escalated,
    "avgörs": _Step.is_decided_above,
    "återtas": _Step.is_taken_back,
}
"""What may be said of an action, in the data's words."""
