"""Plants a word in every column of free text, in its history, and in what keeps texts for a while; and looks for it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pgtrigger
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import MessageEncoder
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import IntegrityError, connection, models, transaction
from django.test import Client
from django.utils import timezone

from base.imports.models import Import
from base.records.freetext import freetext_fields
from base.records.guards import Guard
from base.records.said_day import said_columns
from base.swedish.said_days import Precision, SaidDay
from base.ui.models import SentForm
from issues.models import DateChange, Escalation, EscalationPath, Event, Observation, Tombstone
from meetings.calling_off import call_off
from meetings.deciding import propose_action
from meetings.minutes.files import keep_files
from meetings.minutes.writing import minutes_content
from meetings.models import (
    Approval,
    Approver,
    BeforeCorrection,
    CallAnswer,
    ItemDraft,
    Meeting,
    Minutes,
    MinutesCopy,
    MinutesFile,
    OrganisationAtMeeting,
    Presence,
    PresenceBefore,
    Presenter,
    ProposedAction,
    RoundNote,
)
from meetings.models.presence import AttendanceSpan
from meetings.models.presenter import NamedPerson
from meetings.table_answers import answer_at_table
from members.actor import Actor
from members.models import ContactPoint, Group, Member, Organisation
from members.sign_in_forms import UNSENT
from temagrupp import roles
from temagrupp.redaction.kept import MESSAGES
from tests.access.world import World
from tests.base.documents.reading import pdf_text, word_text
from tests.factories import ActionFactory, AgendaItemFactory, IssueFactory, ObservationFactory, PlaceFactory
from tests.meetings.appended import appended
from tests.the import the

WORD = "Zåbrafink"
ENDS = date(2099, 6, 1)
HOLDING = "SELECT count(*) FROM {0} AS held WHERE held::text ILIKE '%%{1}%%'"


def fill(world: World) -> None:
    """Make what the world of the access table lacks: a row of each table that has a text."""
    by = Actor.of(the(world.people["coordinator"]))
    PlaceFactory()
    Group.objects.create(pk=1)
    MinutesCopy.change_all([NamedPerson("Anna", "kurator", "Jouren", "anna@jouren.example")], by=by)
    Presenter.objects.create(item=world.things["planned_own"], name="Anna", title="kurator", home="Jouren", place=2)
    ContactPoint.objects.create(name="Växeln", phone="0383-971 00")
    before, after = SaidDay(ENDS, Precision.EVENT, "före lovet"), SaidDay(ENDS, Precision.EVENT, "efter lovet")
    action = ActionFactory(issue=world.things["issue"], **said_columns("wished", before))
    action.current.accept(by=by, planned=before)
    EscalationPath.objects.create(kind=Organisation.Kind.COMPANY, first="VD", second="styrelsen")
    lifted = Escalation.escalate(action, to="kommunledningsgruppen", rung=1, registry_no="KS 2026/12", by=by)
    Escalation.write_ruling(lifted.action, decision="Görs i vår.", by=by)
    taken_back = ActionFactory(issue=world.things["issue"]).current
    taken_back.accept(by=by, planned=ENDS)
    taken_back.withdraw_answer(by=by, why="Fel dag")
    ObservationFactory(state=Observation.State.REJECTED, rejection="Hör inte hit")
    DateChange.make(action.current, old=ENDS, new=after, reason="Regn", by=by)
    Tombstone.leave(world.things["issue"], "2026-1", why="Fel", by=by)
    world.things["issue"].record(Event.Kind.PAUSED, by=by, text="Väntar")
    world.things["planned"].change(by=by, place="Biblioteket")
    ordinary = the(world.people["ordinary"])
    CallAnswer.say(world.things["planned"], ordinary, CallAnswer.Answer.PARTLY, words="från 15", by=Actor.of(ordinary))
    typed: dict[str, Any] = {"texts": {"text": "Vi ses på plats"}, "chosen": {}, "version": 0}
    ItemDraft.keep(world.things["under_way_item"], ItemDraft.Part.DECISION, by=by, **typed)
    ItemDraft.keep(world.things["under_way_item"], ItemDraft.Part.ANSWER, action=action, by=by, **typed)
    around, asked = world.things["under_way_round"], world.things["asked"]
    RoundNote.write(around, asked, text="Vi har sett det", version=0, by=by)
    answered_at_table(world.things["under_way_item"].meeting, asked, by)
    appended(world.things["planned"], "Borta.pdf", content=b"%PDF-1.7 borta").erase(why="Fel fil", by=by)
    call_off(Meeting.plan(starts_at=timezone.now() + timedelta(days=99), by=by), reason="Snöstorm", by=by)
    wished(world.things["held"], by)
    was_there_before(world.things["held"])


def wished(meeting: Meeting, by: Actor) -> None:
    """What one who was at the meeting, without an account, wants put right in its minutes."""
    with roles.owner(), pgtrigger.ignore():
        anna = Approver.objects.create(
            meeting=meeting, name="Anna", title="kurator", home="Jouren", updated_by=by.member
        )
        minutes = the(Minutes.objects.of(meeting).first())
        Approval.objects.create(approver=anna, minutes=minutes, kind="wished", text="Fel ort", by=by.member)


def was_there_before(meeting: Meeting) -> None:
    """A guest, as she stood when the minutes were opened to be corrected."""
    before = BeforeCorrection.objects.create(meeting=meeting, facts={})
    span = AttendanceSpan(None, Presence.Capacity.GUEST, name="Anna", title="kurator", home="Jouren")
    guest = {"part": Presence.Part.GUEST, "capacity": span.capacity, "items": span.items}
    PresenceBefore.objects.create(before=before, of=0, name=span.name, title=span.title, home=span.home, **guest)


def answered_at_table(meeting: Meeting, organisation: Organisation, by: Actor) -> None:
    """What an organisation that is there says to what the meeting proposes to it."""
    item = AgendaItemFactory(meeting=meeting, under="other", issue=IssueFactory(title="Belysning"))
    row, _ = meeting.organisations.get_or_create(organisation=organisation)
    row.note(by=by, state=OrganisationAtMeeting.State.REPRESENTED)
    asked = propose_action(item, organisation=organisation, title="Byt lampan", by=by)
    day = SaidDay(ENDS, Precision.EVENT, "före lovet")
    said: dict[str, Any] = {"planned": day, "text": "Vi tar det", "next_step": "Ta upp det i mars"}
    answer_at_table(ProposedAction.objects.get(decision=asked), kind="accepted", by=by, **said)


def plant() -> set[str]:
    """Write the word into every text that may hold one, twice, past the guards; returns the columns that have none."""
    guards = {f"{model._meta.label}:{trigger.name}" for model, trigger in pgtrigger.registered()}
    guards = {uri for uri in guards for _, trigger in pgtrigger.registered(uri) if isinstance(trigger, Guard)}
    empty = set()
    with roles.owner(), pgtrigger.ignore(*guards):
        for model, field in freetext_fields():
            rows = model._base_manager.values_list("pk", flat=True)
            if not [key for key in rows if _written(model, field.name, key)]:
                empty.add(f"{model._meta.label}.{field.name}")
    return empty


def _written(model: type[models.Model], column: str, key: Any) -> bool:
    """Whether the row may hold the word there: one that is not rejected has no reason for it."""
    table, of = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(str(model._meta.pk.column))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for words in (f"{WORD} ett {key} {column}", f"{WORD} två {key} {column}"):
                statement = f"UPDATE {table} SET {connection.ops.quote_name(column)} = %s WHERE {of} = %s"
                cursor.execute(statement, [words, key])
    except IntegrityError:
        return False
    return True


def freeze(meeting: Meeting, by: Member) -> Minutes:
    """Freeze what the meeting's minutes say now as its next version, with its files."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    with roles.owner(), pgtrigger.ignore():
        minutes = Minutes.freeze(meeting, minutes_content(meeting, None), by=Actor.of(by))
        keep_files(minutes)
    return minutes


def keep_for_a_while(member: Member) -> Client:
    """Somebody's session with a form that waits in it, and the address that a sent form led to."""
    client = Client()
    client.force_login(member)
    session = SessionStore(client.session.session_key)
    session[UNSENT] = {"path": "/rapportera/", "page": "/", "writer": "", "fields": [["text", f"Av {WORD}"]]}
    session[MESSAGES] = MessageEncoder().encode([Message(constants.INFO, f"{WORD} är sparad")])
    session.save()
    table = {"name": "Blad1", "rows": [[1, ["Namn", f"Av {WORD}"]]], "notes": []}
    Import.objects.create(member=member, kind="test", content={"tables": [table], "notes": []})
    SentForm.objects.create(member=member, key="00000000-0000-4000-8000-000000000001", url=f"/arenden/?q=Av+{WORD}")
    return client


def tables_with(word: str) -> dict[str, int]:
    """How many rows of each table hold the word, whatever their columns are, and what the planner remembers of it."""
    with roles.owner(), connection.cursor() as cursor:
        cursor.execute("SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted(name for (name,) in cursor.fetchall())
        asked = " UNION ALL ".join(
            f"SELECT '{name}', ({HOLDING.format(name, word)})" for name in [*tables, "pg_catalog.pg_stats"]
        )
        cursor.execute(asked.replace("%%", "%"))
        found = dict(cursor.fetchall())
    sessions = [session for session in Session.objects.all() if word in _kept_in(session)]
    found["sessions"] = len(sessions)
    found["files"] = sum(word in _text_of(file) for file in MinutesFile.objects.all())
    return {name: number for name, number in found.items() if number}


def _kept_in(session: Session) -> str:
    kept = session.get_decoded()
    return f"{kept} {json.loads(kept.get(MESSAGES, '[]'))}"


def _text_of(file: MinutesFile) -> str:
    read = pdf_text if file.kind == MinutesFile.Kind.PDF else word_text
    return read(bytes(file.content))


def analyze() -> None:
    with roles.owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
