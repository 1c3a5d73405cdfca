"""Where the texts of observations, ärenden and åtgärder stand, for who masks in them."""

from __future__ import annotations

from django.db.models import BigIntegerField, Case, CharField, OuterRef, Subquery, When
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from base.records.text_places import TextsOf
from issues.models import (
    Action,
    Answer,
    Assignment,
    Category,
    Closure,
    DateChange,
    Escalation,
    EscalationPath,
    Event,
    Issue,
    Note,
    Observation,
    Place,
    Progress,
    Ruling,
    Tombstone,
)

TOLD = Event.objects.alias(told=KT("facts__number"))
OF_STRUCK = TOLD.filter(kind=Event.Kind.STRUCK, told=OuterRef("number"))
OF_ACTION = Action._base_manager.alias(told=Cast("pk", CharField())).filter(told=OuterRef("number"))

TEXTS: tuple[TextsOf, ...] = (
    TextsOf(
        Issue,
        "ärende {row.number}",
        {"title": "Rubriken på", "text": "Beskrivningen av", "where": "Platsen för"},
        issues=("pk",),
    ),
    TextsOf(
        Observation,
        "observationen {row.with_its_day}",
        {"text": "Beskrivningen av", "where": "Platsen för", "rejection": "Skälet att avvisa"},
        issues=("issue",),
        observations=("pk",),
        related=("category",),
    ),
    TextsOf(
        Action,
        "åtgärden ”{row}”",
        {
            "title": "Rubriken på",
            "text": "Beskrivningen av",
            "wished_words": "Önskad dag för",
            "done_note": "Det som är gjort i",
        },
        issues=("issue",),
    ),
    TextsOf(
        Assignment,
        "frågan till {row.organisation} om ”{row.action}”",
        {"message": "Meddelandet i", "planned_words": "Dagen i svaret på", "external_ref": "Deras ärendenummer i"},
        issues=("action__issue",),
        related=("action", "organisation"),
        page="action",
    ),
    TextsOf(
        Answer,
        "svaret om ”{row.assignment.action}”",
        {
            "text": "Texten i",
            "next_step": "Nästa steg i",
            "planned_words": "Dagen i",
            "withdrawn_why": "Skälet att ta tillbaka",
        },
        issues=("assignment__action__issue",),
        related=("assignment__action",),
        page="assignment__action",
    ),
    TextsOf(
        DateChange,
        "ändringen av datum för ”{row.assignment.action}”",
        {"old_words": "Dagen före", "new_words": "Dagen i", "reason": "Skälet till"},
        issues=("assignment__action__issue",),
        related=("assignment__action",),
        page="assignment__action",
    ),
    TextsOf(
        Progress,
        "beskedet om läget för ”{row.assignment.action}”",
        {"text": "Texten i"},
        issues=("assignment__action__issue",),
        related=("assignment__action",),
        page="assignment__action",
    ),
    TextsOf(
        Escalation,
        "eskaleringen av ”{row.action}”",
        {"to": "Mottagaren av", "registry_no": "Diarienumret för"},
        issues=("action__issue",),
        related=("action",),
        page="action",
    ),
    TextsOf(
        Ruling,
        "eskaleringen av ”{row.escalation.action}”",
        {"decision": "Beslutet efter"},
        issues=("escalation__action__issue",),
        related=("escalation__action",),
        page="escalation__action",
    ),
    TextsOf(
        Closure,
        "avslutet av ärende {row.issue.number}",
        {"feedback": "Återkopplingen i", "despite": "Skälet i"},
        issues=("issue",),
        related=("issue",),
        page="issue",
    ),
    TextsOf(
        Note,
        "en anteckning i ärende {row.issue.number}",
        {"text": "Texten i"},
        issues=("issue",),
        related=("issue",),
        page="issue",
    ),
    TextsOf(
        Event,
        "en händelse i ärende {row.issue.number}",
        {"text": "Texten i"},
        issues=("issue", "observation__issue"),
        observations=("observation",),
        related=("issue",),
        page="issue",
    ),
    TextsOf(
        Tombstone,
        "det som är borttaget med nummer {row.number}",
        {"text": "Texten i", "why": "Skälet till"},
        issues=("of_issue",),
        observations=("of_observation",),
        page=None,
        by_number={
            "of_issue": Case(
                When(kind="action", then=Subquery(OF_ACTION.values("issue")[:1])),
                default=Subquery(OF_STRUCK.values("issue")[:1]),
            ),
            "of_observation": Case(When(kind="observation", then=Cast("number", BigIntegerField()))),
        },
    ),
    TextsOf(
        EscalationPath,
        "till vem åtgärder eskaleras",
        {"first": "Den första i", "second": "Den andra i"},
        page=None,
    ),
    TextsOf(Category, "kategorin ”{row}”", {"name": "Namnet på"}, page=None),
    TextsOf(Place, "platsen ”{row}”", {"name": "Namnet på"}, page=None),
)
