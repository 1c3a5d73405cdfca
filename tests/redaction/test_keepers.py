"""What else than free text could hold words: each such column has a reason why masking need not, or how it does."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from pghistory.models import Event as History
from pghistory.models import Events, MiddlewareEvents

from base.records.freetext import freetext_fields
from temagrupp.redaction.function import history_of, redactable

HOLDS_NO_WORDS = {
    "issues.Action.search_text": "generated of the texts",
    "issues.Action.search_vector": "generated of the texts",
    "issues.Issue.search_text": "generated of the texts",
    "issues.Issue.search_vector": "generated of the texts",
    "issues.Note.search_text": "generated of the texts",
    "issues.Note.search_vector": "generated of the texts",
    "issues.Observation.search_text": "generated of the texts",
    "issues.Observation.search_vector": "generated of the texts",
    "meetings.AgendaItem.search_text": "generated of the texts",
    "meetings.AgendaItem.search_vector": "generated of the texts",
    "meetings.Decision.search_text": "generated of the texts",
    "meetings.Decision.search_vector": "generated of the texts",
    "imports.Import.columns": "codes and numbers",
    "imports.Import.content": "a sheet that is read and not brought in yet, for a day: removed whole by `redact`",
    "imports.Import.outcome": "numbers",
    "issues.Event.facts": "numbers, days and codes that a verb writes",
    "meetings.ItemDraft.choices": "codes and keys, what is chosen in a form",
    "meetings.MeetingSeries.pauses": "numbers of months",
    "meetings.RoundNote.search_text": "generated of the texts",
    "meetings.RoundNote.search_vector": "generated of the texts",
    "meetings.Appendix.search_text": "generated of the name",
    "meetings.Appendix.search_vector": "generated of the name",
    "meetings.AppendixPart.content": "a file: taken away whole by `Appendix.erase`",
    "meetings.AnnexPart.content": "frozen, and never changed",
    "meetings.MaskedAnnexPart.content": "masked by `mask_versions`",
    "meetings.MaskedMinutes.content": "masked by `mask_versions`",
    "meetings.Minutes.content": "sent, and never changed",
    "meetings.MinutesFile.content": "sent, and never changed",
    "meetings.BeforeCorrection.facts": "times, keys and codes",
    "meetings.MeetingChange.answered": "keys that a verb writes",
    "members.NoticeCause.facts": "keys that a verb writes",
    "members.Logotype.png": "a picture",
    "pghistory.Context.metadata": "who, and the pattern of an address",
    "redaction.Redaction.digests": "keyed sums",
    "sessions.Session.session_data": "a form that waits, a message: masked by `kept.forget`",
}
HOLDERS: tuple[Any, ...] = (models.JSONField, models.BinaryField, models.GeneratedField, models.FileField, ArrayField)


def test_a_column_that_could_hold_words_is_masked_or_has_a_reason() -> None:
    tables = [model for model in apps.get_models() if not issubclass(model, History | Events | MiddlewareEvents)]
    fields: list[models.Field[Any, Any]] = [field for model in tables for field in model._meta.local_fields]
    holders = {str(field) for field in fields if isinstance(field, HOLDERS)}
    holders |= {str(field) for field in fields if field.name == "session_data"}

    assert holders == set(HOLDS_NO_WORDS)


def test_every_history_keeps_the_texts_that_masking_reaches() -> None:
    """What a table keeps of its rows has each text under the same name, and is found by the row's key."""
    for model, field in freetext_fields():
        history = history_of(model)
        kept = {column.name for column in history._meta.local_fields} if history else set()
        assert not history or {field.name, "pgh_obj"} <= kept
        assert redactable()[model._meta.db_table].get("history") == (history and history._meta.db_table)


def test_a_history_keeps_no_text_that_its_table_has_not() -> None:
    ours = [model for model in apps.get_models() if issubclass(model, History)]
    texts = {(model, field.name) for model, field in freetext_fields()}
    tracked: list[tuple[Any, Any]] = [(model, getattr(model, "pgh_tracked_model", None)) for model in ours]

    loose = [
        f"{history._meta.label}.{field.name}"
        for history, model in tracked
        if model is not None
        for field in history._meta.local_fields
        if isinstance(field, models.TextField) and not field.name.startswith("pgh_")
        if (model, field.name) not in texts
    ]

    assert loose == []
