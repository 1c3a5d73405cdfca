"""A member's own data as a file: every key that leads to her is in it or left out with a reason, and only hers."""

from __future__ import annotations

import json
import logging
import subprocess
from subprocess import CompletedProcess
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from pghistory.models import Event as History

from base.logs.security import SecurityEvent
from issues.models import AccessGrant, Note, Opening
from issues.striking import strike
from members.actor import Actor
from members.models import Member, Organisation, Seat
from temagrupp.home.own_data.parts import CHANGED, LEFT_OUT, LEFT_OUT_BY_NAME, PARTS, OwnPart
from temagrupp.home.own_data.reading import ACCOUNT, LABELS, field_at
from tests.base.documents.reading import pdf_text
from tests.factories import ActionFactory, IssueFactory, ObservationFactory
from tests.pages import text_of

pytestmark = pytest.mark.django_db

PAGE = "/konto/uppgifter/"
JSON, PDF = f"{PAGE}mina-uppgifter.json", f"{PAGE}mina-uppgifter.pdf"
UNTOLD = {
    "issues.Observation": {
        *("id", "updated_at", "updated_by", "client_key", "reporter", "state_by", "issue"),
        *("search_text", "search_vector"),
    },
    "members.Member": {"id", "password", "updated_by"},
}
"""Columns of what is told whole that are not: keys, what the search is made of, and what others did with it."""


def keys_to_a_member() -> set[str]:
    tables = [model for model in apps.get_models(include_auto_created=True) if not issubclass(model, History)]
    return {
        f"{model._meta.label}.{field.name}"
        for model in tables
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and field.related_model is Member
    }


def taken(client: Client) -> dict[str, Any]:
    file: dict[str, Any] = json.loads(client.get(JSON).content)
    return file


# What is in it


def test_every_key_to_a_member_is_in_the_file_or_left_out_with_a_reason() -> None:
    told = {part.key for part in PARTS}
    left_out = {key for key in keys_to_a_member() if key.rpartition(".")[2] in LEFT_OUT_BY_NAME} | {*LEFT_OUT}

    assert told | left_out == keys_to_a_member()
    assert told & left_out == set()
    assert len(told) == len(PARTS)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.key)
def test_every_column_has_a_swedish_name(part: OwnPart) -> None:
    model = apps.get_model(part.model)
    names = {path.rpartition("__")[2]: field_at(model, path) for path in part.columns}

    assert [
        name for name, field in names.items() if name not in LABELS and field.verbose_name == name.replace("_", " ")
    ] == []


@pytest.mark.parametrize(
    ("model", "columns"),
    [("members.Member", ACCOUNT), ("issues.Observation", next(p for p in PARTS if "reporter" in p.key).columns)],
)
def test_the_account_and_the_observations_are_told_whole(model: str, columns: tuple[str, ...]) -> None:
    there = {field.name for field in apps.get_model(model)._meta.local_fields}

    assert there - {*columns} == UNTOLD[model]


def test_the_history_that_is_counted_hangs_on_no_issue() -> None:
    restricted = {apps.get_model("issues.Issue"), apps.get_model("issues.Observation"), apps.get_model("issues.Action")}
    tables = [apps.get_model(name) for name in CHANGED]

    assert {field.related_model for table in tables for field in table._meta.local_fields} & restricted == set()


def test_a_member_reads_what_she_has_done_and_is(
    as_representative: Client, representative: Member, technical: Organisation
) -> None:
    ObservationFactory(reporter=representative, text="Krossat glas vid grinden")
    issue = IssueFactory()
    Note.write(issue, text="Ringde väghållaren", by=Actor.of(representative))
    representative.change(by=Actor.of(representative), phone="0980-319 200")

    file = taken(as_representative)

    assert file["konto"]["namn"] == "Omar Prov"
    assert file["konto"]["telefon"] == "0980-319 200"
    assert [row["telefon"] for row in file["Dina kontouppgifter tidigare"]] == ["0980-319 200", ""]
    assert [row["organisation"] for row in file["Platser i gruppen"]] == [technical.name]
    assert [row["beskrivning"] for row in file["Observationer du har rapporterat"]] == ["Krossat glas vid grinden"]
    assert [(row["ärende"], row["anteckning"]) for row in file["Anteckningar"]] == [
        (issue.number, "Ringde väghållaren")
    ]
    assert [row["slag"] for row in file["Händelser av dig i ärenden"]] != []


def test_of_anothers_words_she_gets_the_reason_that_was_given_her_and_the_page_says_so(
    as_representative: Client, representative: Member
) -> None:
    rejected = {"state": "rejected", "rejection": "Gäller en annan kommun."}
    ObservationFactory(reporter=representative, **rejected)
    ObservationFactory(state="rejected", rejection="En annans skäl.")

    file = taken(as_representative)

    assert [row["skäl"] for row in file["Observationer du har rapporterat"]] == ["Gäller en annan kommun."]
    assert "utom skälet till att en observation du har rapporterat avvisades" in text_of(as_representative, PAGE)


def test_the_document_says_the_same_in_words(as_representative: Client, representative: Member) -> None:
    ObservationFactory(reporter=representative, text="Krossat glas vid grinden")

    text = pdf_text(as_representative.get(PDF).content)

    assert "Uppgifter om dig i registret" in text
    assert "Krossat glas vid grinden" in text
    assert "Det här finns inte med" in text


def test_the_page_leads_to_both_and_the_account_leads_there(as_representative: Client) -> None:
    page = text_of(as_representative, PAGE)

    assert (f'href="{JSON}"' in page, f'href="{PDF}"' in page) == (True, True)
    assert f'href="{PAGE}"' in text_of(as_representative, "/konto/")


# Only hers


def test_nothing_of_another_is_in_it(
    as_representative: Client, representative: Member, deputy: Member, officer: Member
) -> None:
    action = ActionFactory(title="Byt lampan", issue=IssueFactory(title="Mörkt hos oss", opened_by=officer))
    ObservationFactory(reporter=deputy, text="Det Gun såg", issue=action.issue)
    Note.write(action.issue, text="Det Ali skrev", by=Actor.of(officer))
    Note.write(action.issue, text="Det Omar skrev", by=Actor.of(representative))

    file = as_representative.get(JSON).content.decode()

    assert "Det Omar skrev" in file
    others = ("Gun Prototyp", "Ali Ritning", "Det Gun såg", "Det Ali skrev", "Byt lampan", "Mörkt hos oss")
    assert [words for words in others if words in file] == []


def test_what_became_restricted_is_hers_only_while_she_is_named(
    as_representative: Client, representative: Member
) -> None:
    issue = IssueFactory()
    Note.write(issue, text="Det Omar skrev", by=Actor.of(representative))
    type(issue).objects.filter(pk=issue.pk).update(restricted=True)

    assert "Det Omar skrev" not in as_representative.get(JSON).content.decode()
    assert issue.number not in as_representative.get(JSON).content.decode()

    AccessGrant.objects.create(issue=issue, member=representative)

    response = as_representative.get(JSON)
    assert "Det Omar skrev" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    opened = Opening.objects.get(member=representative)
    assert (opened.issue, opened.how) == (issue, Opening.How.FILE)


def test_her_own_restricted_report_stays_hers(as_representative: Client, representative: Member) -> None:
    ObservationFactory(reporter=representative, text="Det Omar såg", restricted=True)

    assert "Det Omar såg" in as_representative.get(JSON).content.decode()


def test_what_is_struck_or_taken_back_is_hers_still(
    as_coordinator: Client, as_representative: Client, coordinator: Member, representative: Member
) -> None:
    observation = ObservationFactory(reporter=representative, text="Det Omar såg")
    observation.withdraw(by=Actor.of(representative))
    issue = IssueFactory(opened_by=coordinator)
    strike(issue, reason="Fel register.", by=Actor.of(coordinator))

    [reported] = taken(as_representative)["Observationer du har rapporterat"]
    [opened] = taken(as_coordinator)["Ärenden du har öppnat"]

    assert (reported["läge"], reported["beskrivning"]) == (observation.get_state_display(), "")
    assert opened["nummer"] == issue.number


def test_the_samordnare_gets_her_own_and_no_address_takes_anothers(
    as_coordinator: Client, representative: Member
) -> None:
    ObservationFactory(reporter=representative, text="Det Omar såg")

    assert "Det Omar såg" not in as_coordinator.get(JSON, {"medlem": representative.pk}).content.decode()
    assert as_coordinator.get(f"{PAGE}{representative.pk}/").status_code == 404


def test_that_it_was_taken_is_told_in_the_security_log(
    as_representative: Client,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with caplog.at_level(logging.INFO, "temagrupp.security"), django_capture_on_commit_callbacks(execute=True):
        as_representative.get(PAGE)
        as_representative.head(JSON)
        as_representative.get(JSON)

    assert [record.message for record in caplog.records].count(SecurityEvent.OWN_DATA_TAKEN) == 1


def test_a_pdf_that_cannot_be_made_is_told_with_what_to_do_and_was_not_taken(
    as_representative: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def broken_down(*_: Any, **__: Any) -> CompletedProcess[bytes]:
        return CompletedProcess([], returncode=-14, stdout=b"", stderr=b"")

    monkeypatch.setattr(subprocess, "run", broken_down)
    as_representative.raise_request_exception = False

    with caplog.at_level(logging.INFO, "temagrupp.security"), django_capture_on_commit_callbacks(execute=True):
        reply = as_representative.get(PDF)

    assert reply.status_code == 503
    page = reply.content.decode()
    assert "<p>Inget är ändrat. Vänta några minuter och försök igen.</p>" in page
    assert f'href="{PDF}">Försök igen</a>' in page
    assert SecurityEvent.OWN_DATA_TAKEN not in [record.message for record in caplog.records]


def test_a_member_of_long_standing_has_all_in_the_file_and_the_latest_in_the_document(
    as_representative: Client, representative: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("temagrupp.home.own_data.document.MOST_ROWS", 2)
    for turn in range(3):
        ObservationFactory(reporter=representative, text=f"Glas nummer {turn}")

    text = pdf_text(as_representative.get(PDF).content)

    assert "De 2 senaste av 3." in text
    assert ("Glas nummer 2" in text, "Glas nummer 0" in text) == (True, False)
    assert len(taken(as_representative)["Observationer du har rapporterat"]) == 3


def test_a_seat_has_its_days(as_representative: Client, representative: Member) -> None:
    seat = Seat.objects.get(member=representative)

    [told] = taken(as_representative)["Platser i gruppen"]

    assert told["dagar"] == {"första": seat.period.lower.isoformat(), "sista": None}


def test_only_tables_that_she_has_changed_are_counted(as_representative: Client, representative: Member) -> None:
    as_representative.post("/konto/", {})

    changed = taken(as_representative)["Ändringar du har gjort"]

    assert [(row["vad"], row["antal"]) for row in changed] == [("Medlemmar", 1)]
