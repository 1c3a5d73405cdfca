"""Issues, from the observations they came of to what those who reported were told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from demo.story.action_story import ActionStory, Step
from demo.story.calendar import Calendar
from demo.story.data import Data
from demo.story.happening import Happening
from demo.story.observations import Sighting, between, happenings_of, sighting
from demo.story.reading import Record
from demo.story.teller import Teller
from demo.story.working_hours import Hours
from issues.escalating import rungs_left
from issues.models import Action, Follower, Issue, Note, Opening, say_it_remains
from issues.restricting import lift, name, restrict
from issues.striking import strike
from issues.triage import open_issue_from
from meetings.deciding import decide
from meetings.models import AgendaItem, Decision

KINDS = {
    "plats": Issue.Kind.PLACE,
    "vuxna": Issue.Kind.ADULTS,
    "remiss": Issue.Kind.CONSULTATION,
    "tillfälle": Issue.Kind.OCCASION,
    "annat": Issue.Kind.OTHER,
}
DEGREES = {"": None, **{degree.label.lower(): degree for degree in Issue.Degree}}
OUTCOMES = {"": "", **{outcome.label.lower(): outcome for outcome in Issue.Outcome}}
DECISIONS = {
    "avslutas": Decision.Kind.CLOSE,
    "vilar": Decision.Kind.PAUSE,
    "hänskjuts": Decision.Kind.REFER,
    "eskaleras": Decision.Kind.ESCALATE,
    "noteras": Decision.Kind.INFORM,
    "bordläggs": Decision.Kind.DEFER,
    "annat": Decision.Kind.OTHER,
}
BETWEEN_STEPS = timedelta(minutes=7)
"""What waits for the same morning is done one after the other."""


class IssueStory:
    """An issue of the data, told once, or once for each year of the feast that it is counted from (`ankare`).

    What is counted from a feast may go on into the future, and is told as far as it has come; what is counted from
    today has all been.
    """

    issue: Issue | None = None

    def __init__(self, record: Record, data: Data, calendar: Calendar, anchor: date | None = None) -> None:
        record.only(
            *("nyckel", "rubrik", "text", "slag", "kategori", "var", "behov", "paverkan", "ankare", "oppnas"),
            *("observationer", "atgarder", "pa_motet", "beslut", "handelser", "anteckningar"),
        )
        self.record, self.data, self.calendar, self.anchor = record, data, calendar, anchor
        self.key = record["nyckel"]
        self.actions = [ActionStory(table, data, calendar, anchor) for table in record.inside("atgarder")]
        self.notes = iter(record.list("pa_motet"))
        self.decisions = [table.only(*DECIDED) for table in record.inside("beslut")]
        self.sightings = [_sighting(table, self) for table in record.inside("observationer")]

    def happenings(self) -> Iterator[Happening]:
        opened = self.calendar.moment(self.record["oppnas"], self.anchor)
        for seen in self.sightings:
            yield from happenings_of(seen, self.calendar, waits_until=opened)
        last = None
        for moment, hours, tell, record in sorted(self._steps(), key=lambda step: step[0]):
            at = hours.at_work_from(moment) if self.anchor else hours.at_work(moment, self.calendar.now)
            at = max(at, last + BETWEEN_STEPS) if last else at
            if at <= self.calendar.now:
                yield Happening(at, tell, record)
            elif self.anchor is None:
                raise record.error(f"Det här händer först {at:%Y-%m-%d %H.%M}, som inte har varit.")
            last = at

    def is_decided(self, item: AgendaItem, week: str, teller: Teller) -> None:
        """What the meeting of that week asks for, and what it else decides."""
        for action in self.actions:
            if action.meeting == week:
                action.is_decided(item, teller)
        for table in self.decisions:
            if table["mote"] == week:
                outcome = table.choice("utfall", OUTCOMES)
                ending: dict[str, Any] = {
                    "outcome": outcome,
                    "feedback": table.get("aterkoppling"),
                    "despite": table.get("trots"),
                }
                kind = table.choice("gor", DECISIONS)
                lifted = self._lifted(table) if kind == Decision.Kind.ESCALATE else {"to": table.get("till")}
                decide(item, kind=kind, text=table.get("text"), **teller.acts(), **ending, **lifted)

    # Private

    def _lifted(self, table: Record) -> dict[str, Any]:
        """What a decision to escalate says: which action, and the nearest to whom it goes."""
        title = table["atgard"]
        story = next((one for one in self.actions if one.record["vad"] == title), None)
        if story is None:
            raise table.error(f"”{title}” är ingen av ärendets åtgärder.")
        action = Action.objects.with_current().get(pk=story.action.pk)
        rung, to = rungs_left(action)[0]
        return {"lifts": action, "rung": rung, "to": to}

    def _steps(self) -> Iterator[Step]:
        opened = self.calendar.moment(self.record["oppnas"], self.anchor)
        yield opened, Hours.OFFICE, self._is_opened, self.record
        for action in self.actions:
            yield from action.steps(self._opened)
        for step in self.record.inside("handelser"):
            step.only("nar", "gor", "text", "utfall", "trots", "far_se", "vem")
            moment = self.calendar.moment(step["nar"], self.anchor)
            hours = Hours.ALWAYS if step["gor"] == "kvarstår" else Hours.OFFICE  # a reporter says so when she sees it
            yield moment, hours, _Move(self, step, step.choice("gor", MOVES)), step

        for table in self.record.inside("anteckningar"):
            person = table.only("nar", "vem", "text", "foljer").choice("vem", self.data.people, "Maja Exempel")
            moment = self.calendar.moment(table["nar"], self.anchor)
            yield moment, person.hours, _Remark(self, table, person.name), table

    def _is_opened(self, teller: Teller) -> None:
        seen = [s.observation for s in self.sightings if s.observation and s.observation.is_new]
        record, first = self.record, seen[0] if seen else None
        facts: dict[str, Any] = {
            "title": record["rubrik"].replace("{år}", str(self.anchor.year if self.anchor else "")),
            "text": record.get("text"),
            "kind": record.choice("slag", KINDS, "plats"),
            "category": teller.categories[record["kategori"]] if record.get("kategori") else None,
            "where": record.get("var"),
            "need": record.choice("behov", DEGREES),
            "influence": record.choice("paverkan", DEGREES),
        }
        if first:
            facts["place"] = first.place
        self.issue = open_issue_from(seen, **teller.acts(), **facts)
        teller.issue_opened(self.key, self.issue, self)

    def _opened(self) -> Issue:
        if self.issue is None:
            raise self.record.error("Åtgärden kommer före ärendet.")
        return Issue.objects.get(pk=self.issue.pk)


class _Move:
    def __init__(self, story: IssueStory, step: Record, verb: Callable[[Issue, Record, Teller], None]) -> None:
        self.story, self.step, self.verb = story, step, verb

    def __call__(self, teller: Teller) -> None:
        if self.story.issue is None:
            raise self.step.error("Ärendet är inte öppnat än.")
        self.verb(Issue.objects.get(pk=self.story.issue.pk), self.step, teller)


class _Remark:
    def __init__(self, story: IssueStory, table: Record, who: str) -> None:
        self.story, self.table, self.who = story, table, who

    def __call__(self, teller: Teller) -> None:
        if self.story.issue is None:
            raise self.table.error("Ärendet är inte öppnat än.")
        issue = Issue.objects.get(pk=self.story.issue.pk)
        Note.write(issue, text=self.table["text"], **teller.acts(teller.members[self.who]))
        if self.table.get("foljer"):
            Follower.begin(issue, **teller.acts(teller.members[self.who]))


def _closes(issue: Issue, step: Record, teller: Teller) -> None:
    outcome = step.choice("utfall", OUTCOMES)
    issue.close(**teller.acts(), outcome=outcome, feedback=step["text"], despite=step.get("trots"))


def _named(step: Record, teller: Teller) -> list[int]:
    return [teller.members[name].pk for name in step.list("far_se")]


MOVES: dict[str, Callable[[Issue, Record, Teller], None]] = {
    "avslutas": _closes,
    "vilar": lambda issue, step, teller: issue.pause(reason=step["text"], **teller.acts()),
    "återupptas": lambda issue, step, teller: issue.resume(**teller.acts()),
    "begränsas": lambda issue, step, teller: restrict(
        issue, reason=step["text"], named=_named(step, teller), **teller.acts()
    ),
    "namnges": lambda issue, step, teller: name(issue, _named(step, teller), **teller.acts()),
    "hävs": lambda issue, step, teller: lift(issue, reason=step["text"], **teller.acts()),
    "läses": lambda issue, step, teller: Opening.write(
        step.choice("vem", teller.members), Opening.How.PAGE, [issue], at=teller.now
    ),
    "öppnas igen": lambda issue, step, teller: issue.reopen(reason=step["text"], **teller.acts()),
    "kvarstår": lambda issue, step, teller: say_it_remains(
        issue, text=step.get("text"), **teller.acts(step.choice("vem", teller.members))
    ),
    "stryks": lambda issue, step, teller: strike(issue, reason=step["text"], **teller.acts()),
}
"""What happens with an issue between meetings: what the samordnare does, who reads it, which reporter says that the
problem remains."""
DECIDED = ("mote", "gor", "text", "utfall", "aterkoppling", "trots", "till", "atgard")


def happenings(data: Data, calendar: Calendar) -> Iterator[Happening]:
    for record in data.issues:
        for story in _stories(record, data, calendar):
            yield from story.happenings()


def _stories(record: Record, data: Data, calendar: Calendar) -> Iterator[IssueStory]:
    """The stories of a record: one, or one for each year of its feast in the fourteen months."""
    if not record.get("ankare"):
        yield IssueStory(record, data, calendar)
        return
    for day in calendar.each_year(record["ankare"]):
        opened = calendar.moment(record["oppnas"], day)
        if calendar.first_day < opened.date() and opened <= calendar.now:
            yield IssueStory(record, data, calendar, anchor=day)


def _sighting(table: Record, story: IssueStory) -> Sighting:
    """An observation that the issue comes of, or that comes to it: of its category and place unless it says else."""
    table.only("nar", "vem", "kategori", "var", "text", "otryggt", "ovrigt", "far_se")
    common = {"kategori": story.record.get("kategori"), "var": story.record.get("var"), "blir": story.key}
    values = {**common, **table.values, "övrigt": table.get("ovrigt")}
    row = Record(values, table.file, table.line)
    week, weekday, clock = (*row["nar"].split(" "), "")[:3]
    begins, ends = between(story.calendar.day(f"{week} {weekday}", story.anchor), clock)
    return sighting(row, story.data, begins, ends)
