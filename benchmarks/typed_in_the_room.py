"""What is typed in the room beside notes and decisions: laget runt, answers at the table, points that recur, drafts."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

from benchmarks import words
from benchmarks.agendas import Agendas
from benchmarks.copying import Rows
from issues.models import Answer, Assignment
from meetings.models import AgendaItem, Heading, ItemDraft, Meeting, Presenter, ProposedAction, RoundNote, TableAnswer
from members.models import Member, Organisation, OutsideContact

SAYS_SOMETHING_OF_EVERY = 2
"""Organisations, in laget runt."""
AT_TABLE_OF_EVERY = 4
"""Promises."""
DRAFT_LEFT_OF_EVERY = 30
"""Items."""
BEGUN_OF_EVERY = 12
"""Answers at the table that were begun and never saved, of what is proposed."""


class TypedInTheRoom(Rows):
    coordinator: Member
    agendas: Agendas
    recurs_as: int | None = None

    def go_round(self, meeting: Meeting, at: datetime, organisations: list[Organisation]) -> None:
        """Each of some says something, under the heading itself."""
        random = Random(f"round {meeting.number}")
        said = {"discussed_at": at, "settled": True, "kind": AgendaItem.Kind.HEADING}
        place = self.agendas.last_under(Heading.Rule.ROUND, meeting)
        around = self.add(AgendaItem, at, meeting=meeting, title=place["heading"].label, **place, **said)
        for organisation in organisations[::SAYS_SOMETHING_OF_EVERY]:
            facts = {"text": words.sentence(random), "version": 1, "written_by": self.coordinator, "written_at": at}
            self.add(RoundNote, at, item=around, organisation=organisation, **facts)

    def recur(self, meeting: Meeting, at: datetime) -> None:
        """The same topic at each meeting, presented by one without an account whose address is known."""
        place = self.agendas.last_under(Heading.Rule.OCCASIONS, meeting)
        item = self.add(AgendaItem, at, meeting=meeting, title="Läget på skolorna", **place, kind=AgendaItem.Kind.TOPIC)
        item.settled, item.discussed_at = True, at
        item.recurs_as = self.recurs_as = self.recurs_as or item.pk
        contact = self.add(OutsideContact, at, address=f"skolan.{meeting.number}@foreningen.example")
        who = {"name": "Sture Blindtext", "title": "ordförande", "home": "Föräldraföreningen"}
        self.add(Presenter, at, item=item, place=1, contact=contact, updated_by=self.coordinator, **who)

    def answer_at_table(self, proposed: ProposedAction, assignment: Assignment, at: datetime) -> None:
        """What the closing then gave as the answer to what it asked; at few somebody began one and never saved it."""
        if proposed.pk % BEGUN_OF_EVERY == 1:
            choices = {"kind": [Answer.Kind.ACCEPTED.value]}
            begun = {"text": "Vi kan ta varannan fredag", "choices": choices, "version": 1}
            of = {"item": proposed.decision.item, "action": proposed.action, "organisation": assignment.organisation}
            self.add(ItemDraft, at, part=ItemDraft.Part.ANSWER, written_by=self.coordinator, **begun, **of)
        if proposed.pk % AT_TABLE_OF_EVERY == 0 and assignment.planned:
            said: dict[str, Any] = {"kind": Answer.Kind.ACCEPTED, "planned": assignment.planned}
            said |= {"organisation": assignment.organisation, "written_by": self.coordinator, "written_at": at}
            self.add(TableAnswer, at, proposed=proposed, **said)

    def leave_draft(self, item: AgendaItem, turn: int, random: Random) -> None:
        """Something was typed and never saved."""
        if turn % DRAFT_LEFT_OF_EVERY == 0:
            facts = {"text": words.sentence(random), "version": 1, "written_by": self.coordinator}
            self.add(ItemDraft, item.created_at, item=item, part=ItemDraft.Part.DECISION, **facts)
