"""The database's own function that masks: past guards and history, in known places alone, and never without a trace."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from base.records.freetext import freetext_fields
from base.swedish.passages import MASK, pattern
from issues.models import Issue, Note, Observation, Place
from meetings.forms.note import ItemNoteForm
from meetings.minutes.masking import mask_versions
from meetings.models import AgendaItem, Meeting, Presence
from meetings.models.presence import AttendanceSpan
from members.actor import Actor
from members.models import Member
from temagrupp.redaction.function import NOTHING_LEFT, TOO_WIDE, UNKNOWN, redactable
from temagrupp.redaction.models import RedactedPlace, Redaction
from temagrupp.redaction.redacting import CALL
from tests.factories import (
    ActionFactory,
    AgendaItemFactory,
    IssueFactory,
    MeetingFactory,
    ObservationFactory,
    PlaceFactory,
)
from tests.meetings.test_minutes_frozen import Close, close
from tests.meetings.test_restricted_since import KORN, meeting
from tests.past import history_of
from tests.tools.test_roles import refused

__all__ = ["close", "meeting"]

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 27, 9, tzinfo=UTC)


def place(row: models.Model, column: str) -> dict[str, Any]:
    return {"t": row._meta.db_table, "c": column, "k": str(row.pk)}


def redact(by: Member, *places: dict[str, Any], expression: str | None = None, why: str = "Begärt") -> Redaction:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(CALL, [json.dumps(places), expression, by.pk, timezone.now(), why, [], "[]"])
        [(key,)] = cursor.fetchall()
    return Redaction.objects.get(pk=key)


def refusal(by: Member, *places: dict[str, Any], expression: str | None = None) -> str:
    with pytest.raises(IntegrityError) as met:
        redact(by, *places, expression=expression)
    cause: Any = met.value.__cause__
    assert cause.sqlstate == "23T01"
    return str(cause.diag.message_primary)


def test_a_passage_is_taken_out_of_the_row_and_of_all_that_it_was(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim Fiktiv klottrar", text="Kim  Fiktivs cykel")
    Issue.objects.filter(pk=issue.pk).update(title="Klotter")
    lines = history_of(issue).count()

    done = redact(coordinator, place(issue, "title"), place(issue, "text"), expression=pattern("kim fiktiv"))

    issue.refresh_from_db()
    assert (issue.title, issue.text) == ("Klotter", f"{MASK} cykel")
    assert issue.updated_by == coordinator
    assert set(history_of(issue).values_list("title", "text")) == {
        (f"{MASK} klottrar", f"{MASK} cykel"),
        ("Klotter", f"{MASK} cykel"),
    }
    assert history_of(issue).count() == lines
    assert list(done.places.order_by("column").values_list("table", "column", "key", "in_row", "in_history")) == [
        ("issues_issue", "text", str(issue.pk), True, 2),
        ("issues_issue", "title", str(issue.pk), False, 1),
    ]
    assert (done.by, done.kind, done.why) == (coordinator, Redaction.Kind.PASSAGE, "Begärt")
    assert not Issue.objects.filter(search_text__contains="fiktiv").exists()


def test_a_whole_text_is_masked_in_every_version_and_what_was_empty_is_left(coordinator: Member) -> None:
    issue = IssueFactory(title="Först", text="")
    Issue.objects.filter(pk=issue.pk).update(text="Sedan")

    redact(coordinator, place(issue, "text"), place(issue, "title"))

    assert list(history_of(issue).values_list("title", "text")) == [(MASK, ""), (MASK, MASK)]
    assert Issue.objects.values_list("title", "text").get() == (MASK, MASK)


def test_what_is_closed_and_sorted_is_masked_too(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim", state=Issue.State.CLOSED)
    observation = ObservationFactory(text="Kim", state=Observation.State.NOTED)

    redact(coordinator, place(issue, "title"), place(observation, "text"), expression=pattern("Kim"))

    assert Issue.objects.get().title == Observation.objects.get().text == MASK


def test_where_the_mask_has_no_room_a_shorter_one_stands_and_nothing_is_cut_and_names_stay_apart(
    coordinator: Member,
) -> None:
    long, first, second = IssueFactory(title="Bo slog Bo"), PlaceFactory(name="Bo 1"), PlaceFactory(name="Bo 2")
    Issue.objects.filter(pk=long.pk).update(title=f"Bo slog Bo på torget, {'x' * 89} och gick")

    redact(coordinator, place(long, "title"), expression=pattern("bo"))
    redact(coordinator, place(first, "name"), place(second, "name"))

    assert list(history_of(long).values_list("title", flat=True)) == [
        f"{MASK} slog {MASK}",
        f"… slog … på torget, {'x' * 89} och gick",
    ]
    assert Issue.objects.get().title == f"… slog … på torget, {'x' * 89} och gick"
    assert set(Place.objects.values_list("name", flat=True)) == {MASK, f"{MASK} {second.pk}"}


def test_two_guests_who_are_told_apart_by_their_names_alone_are_both_masked(coordinator: Member) -> None:
    held = MeetingFactory()
    for name in ("Bo Prov", "Kim Fiktiv"):
        guest = AttendanceSpan(None, Presence.Capacity.CO_OPTED, name=name, title="kurator", home=f"{name}s byrå")
        Presence.seat(held, guest, organisation=None, by=Actor.of(coordinator))
    first, second = Presence.objects.order_by("pk")

    redact(coordinator, place(first, "name"), place(second, "name"))

    assert list(Presence.objects.order_by("pk").values_list("name", flat=True)) == [MASK, f"{MASK} {second.pk}"]


def test_a_text_is_never_longer_with_masks_than_its_form_takes(coordinator: Member) -> None:
    item = AgendaItemFactory(note="Bo " * 2600, meeting__state=Meeting.State.UNDER_WAY)

    redact(coordinator, place(item, "note"), expression=pattern("Bo"))

    masked = AgendaItem.objects.get().note
    assert masked == " ".join(["…"] * 2600)
    form = ItemNoteForm({"note": f"{masked} Mer.", "version": 1}, item=AgendaItem.objects.get(), by=coordinator)
    assert form.keep(), form.errors


def test_a_place_keeps_the_version_that_the_masking_left_of_a_note_in_the_room(coordinator: Member) -> None:
    item = AgendaItemFactory(note="Bo var där", title="Bo", note_version=3, noted_by=coordinator, noted_at=AT)

    redact(coordinator, place(item, "note"), place(item, "title"), expression=pattern("Bo"))

    assert AgendaItem.objects.get().note_version == 4
    assert dict(RedactedPlace.objects.values_list("column", "version")) == {"note": 4, "title": None}


def test_only_free_text_is_reached(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim")
    known = {(model._meta.db_table, field.column) for model, field in freetext_fields()}

    for other in (
        place(coordinator, "password"),
        {"t": "issues_event", "c": "kind", "k": "1"},
        {"t": "a; b", "c": "c"},
    ):
        assert refusal(coordinator, place(issue, "title"), other) == UNKNOWN
    assert Issue.objects.get().title == "Kim"
    assert {(table, column) for table, facts in redactable().items() for column in facts["columns"]} == known


def test_nothing_is_written_down_where_nothing_was_masked(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim")

    assert refusal(coordinator, place(issue, "title"), expression=pattern("Bo")) == NOTHING_LEFT
    assert refusal(coordinator, place(issue, "title"), expression="x*") == TOO_WIDE
    assert refusal(coordinator) == NOTHING_LEFT
    assert refusal(coordinator, {"t": "issues_issue", "c": "title", "k": "0"}) == NOTHING_LEFT
    assert not Redaction.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("has_part", [True, False])
def test_no_copy_is_told_of_that_was_not_written_with_it(
    coordinator: Member, meeting: Meeting, close: Close, *, has_part: bool
) -> None:
    version, issue, by, at = close(), Issue.objects.get(title=KORN), Actor.of(coordinator), timezone.now()
    other = IssueFactory(title="Inget möte har talat om det")

    def tell(about: Issue, words: str = "") -> None:
        copies = json.dumps([{"k": version.pk, "issue": about.pk if has_part else None}])
        with transaction.atomic(), connection.cursor() as cursor:
            if words:
                mask_versions([version], pattern(words), by=by, at=at)
            cursor.execute(CALL, ["[]", "Vi", coordinator.pk, at, "Begärt", [], copies])

    with pytest.raises(IntegrityError, match=NOTHING_LEFT):
        tell(issue)
    mask_versions([version], pattern("kornboden"), by=by, at=at)
    with pytest.raises(IntegrityError, match=NOTHING_LEFT):
        tell(issue)
    if has_part:
        with pytest.raises(IntegrityError, match=NOTHING_LEFT):
            tell(other, "tunneln")
    assert not Redaction.objects.exists()
    tell(issue, "tunneln")
    assert Redaction.objects.count() == 1


def test_the_rest_of_the_transaction_is_guarded_and_remembered_as_ever(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim", state=Issue.State.CLOSED)
    with transaction.atomic():
        redact(coordinator, place(issue, "title"), expression=pattern("Kim"))
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL temagrupp.redacting = 'on'")
        with pytest.raises(IntegrityError, match="Ärendet är avslutat"), transaction.atomic():
            Issue.objects.update(title="Annat")
        before = history_of(issue).count()
        Issue.objects.update(happened_at=timezone.now(), updated_at=timezone.now())
        assert history_of(issue).count() == before + 1


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO silenced VALUES (pg_current_xact_id())",
        "DELETE FROM redaction_redactedplace",
        "UPDATE redaction_redaction SET why = 'Nej'",
        "INSERT INTO redaction_redaction (at, by_id, why, kind) VALUES (now(), 1, 'Nej', 'whole')",
    ],
)
def test_the_application_writes_no_tombstone_and_silences_nothing_itself(sql: str) -> None:
    assert refused(sql)


def test_the_planner_remembers_nothing_of_it(coordinator: Member) -> None:
    issue = IssueFactory(title="Kimberlit")
    Note.write(issue, text="Kimberlit", by=Actor.of(coordinator))
    remembers = "SELECT count(*) FROM pg_stats s WHERE s::text ILIKE '%%kimberlit%%'"

    redact(coordinator, place(issue, "title"), place(Note.objects.get(), "text"), expression=pattern("kimberlit"))

    with connection.cursor() as cursor:
        cursor.execute(remembers)
        assert cursor.fetchall() == [(0,)]
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'issues_issueevent' AND attname = 'title'")
        assert cursor.fetchall() == [(1,)]


def test_a_place_keeps_the_issue_that_it_hangs_on(coordinator: Member) -> None:
    issue = IssueFactory(title="Kim")

    redact(coordinator, {**place(issue, "title"), "issue": issue.pk}, expression=pattern("Kim"))

    assert RedactedPlace.objects.get().issue == issue


def test_rows_are_locked_in_the_order_of_all_verbs_and_by_number(coordinator: Member) -> None:
    issues = [IssueFactory(pk=key, title="Kim") for key in (10, 9)]
    note = Note.write(issues[0], text="Kim", by=Actor.of(coordinator))
    seen = [ObservationFactory(pk=key, text="Kim") for key in (1000, 999)]
    action = ActionFactory(issue=issues[0], text="Kim")
    rows = [(note, "text"), *((issue, "title") for issue in issues), (action, "text"), *((one, "text") for one in seen)]

    done = redact(coordinator, *(place(row, column) for row, column in rows), expression=pattern("Kim"))

    assert list(done.places.order_by("pk").values_list("table", "key")) == [
        ("issues_observation", "999"),
        ("issues_observation", "1000"),
        ("issues_action", str(action.pk)),
        ("issues_issue", "9"),
        ("issues_issue", "10"),
        ("issues_note", str(note.pk)),
    ]
