"""A text that is being written is looked at by the guard, and nothing of it is kept anywhere."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from base.records.freetext import LONGEST_TEXT
from base.ui.guarded import found_while_writing
from base.ui.models import KeptPassage
from members.models import Member

pytestmark = pytest.mark.django_db

PHONE, NAME = "070-174 06 05", "Anna Svensson"


def look(client: Client, text: str, **more: str) -> str:
    names = {"field": "text", "control": "id_text", "kind": "issues.Observation.text"}
    return client.post(reverse("guard"), names | {"text": text} | more).content.decode()


def test_what_is_found_comes_as_the_fragment_of_a_form(as_representative: Client) -> None:
    markup = look(as_representative, f"{NAME}\r\nring {PHONE}")

    assert f"<mark>{NAME}</mark>" in markup
    assert 'id="id_text_found"' in markup
    assert 'data-kind="phone" data-start="19" data-end="32" data-neutral="[telefonnummer]"' in markup


def test_what_is_told_while_one_writes_counts_as_asked_about_only_when_it_is_answered(
    as_representative: Client,
) -> None:
    markup = look(as_representative, f"Ring {PHONE}")

    assert re.findall(r'value="([a-z]+)"', markup) == ["remove", "keep"]


def test_of_a_text_with_nothing_in_it_the_answer_is_empty(as_representative: Client) -> None:
    assert look(as_representative, "Tre lampor är trasiga vid kiosken.") == ""


def test_what_stood_there_when_the_page_was_shown_is_not_told(as_representative: Client) -> None:
    assert look(as_representative, f"Ring {PHONE}.", initial=f"Nås på {PHONE}") == ""


def test_a_name_that_she_has_kept_in_such_a_text_is_not_told(
    as_representative: Client, representative: Member, coordinator: Member
) -> None:
    names = {"field": "text", "control": "", "kind": "issues.Observation.text"}
    [found] = found_while_writing(NAME, "", **names, member=coordinator).all
    kept = {"field": "issues.Observation.text", "kind": "name", "digest": found.digest}
    KeptPassage.objects.create(by=coordinator, **kept)
    assert NAME in look(as_representative, f"{NAME} ringde.")

    KeptPassage.objects.create(by=representative, **kept)

    assert look(as_representative, f"{NAME} ringde.") == ""


def test_nothing_is_written_and_nothing_is_stored_on_the_way(as_representative: Client) -> None:
    with CaptureQueriesContext(
        connection,
    ) as sent:
        response = as_representative.post(reverse("guard"), {"text": f"{NAME} har {PHONE}", "field": "text"})

    assert [query["sql"] for query in sent if not query["sql"].startswith("SELECT")] == []
    assert [query["sql"] for query in sent if NAME in query["sql"] or PHONE in query["sql"]] == []
    assert "no-store" in response["Cache-Control"]


def test_only_as_much_is_read_as_a_form_takes(as_representative: Client) -> None:
    assert look(as_representative, "x" * LONGEST_TEXT + f" {PHONE}") == ""


def test_who_is_signed_out_and_who_sends_no_token_is_told_nothing(representative: Member) -> None:
    assert "data-found" not in look(Client(), PHONE)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(representative)

    assert strict.post(reverse("guard"), {"text": PHONE}).status_code == 403


@pytest.mark.parametrize("sent", [{}, {"text": "\x00"}, {"text": PHONE, "field": '"><script>'}, {"initial": PHONE}])
def test_whatever_is_sent_is_answered(as_representative: Client, sent: dict[str, str]) -> None:
    response = as_representative.post(reverse("guard"), sent)

    assert (response.status_code, b"<script>" in response.content) == (200, False)
