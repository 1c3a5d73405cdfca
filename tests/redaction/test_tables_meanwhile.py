"""A table that is brought in, removed or read in while a form to mask stands open: nothing is done, and it is told."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from base.imports.models import Import
from base.ui.once import save_once
from issues.models import Issue
from members.actor import Actor
from members.models import Member
from temagrupp.redaction import views
from temagrupp.redaction.models import Redaction
from temagrupp.redaction.shown import CAME, TABLE_BROUGHT_IN, TABLE_GONE
from tests.factories import IssueFactory, ObservationFactory
from tests.members.importing import bring_in, kept
from tests.redaction.test_pages import WHY, mask, places_on, ticked
from tests.redaction.test_tables import a_table, found, offered

ONE_CAME = CAME.format("i en inläst tabell")

pytestmark = pytest.mark.django_db


def test_of_one_that_is_brought_in_she_is_told_and_shown_the_members_it_made(
    as_coordinator: Client, coordinator: Member
) -> None:
    issue = IssueFactory(title="Kim Skiss")
    table = kept(Actor.of(coordinator))
    places = places_on(found(as_coordinator, "Kim Skiss"))
    bring_in(as_coordinator, table)
    member = Member.objects.get(name="Kim Skiss")

    shown: dict[str, Any] = {"offered_places": places, "offered_tables": [table.pk]}
    page = mask(as_coordinator, "Kim Skiss", places=places, **shown, tables=[table.pk])

    words = page.content.decode()
    assert CAME.format("på ett ställe") in words
    assert TABLE_BROUGHT_IN in words
    assert "Inget av ditt är maskerat" in words
    assert WHY in words
    assert places_on(words) == [f"issues_issue:title:{issue.pk}", f"members_member:name:{member.pk}"]
    assert ticked(words) == places
    assert not Redaction.objects.exists()


def test_where_only_a_removed_one_said_it_she_reads_that_it_is_removed(as_coordinator: Client) -> None:
    page = mask(as_coordinator, "Kim Fiktiv", offered_tables=[1], tables=[1]).content.decode()

    assert TABLE_GONE in page
    assert f"Skälet du skrev, ”{WHY}”" in page
    assert "Välj minst ett ställe." not in page


def test_who_masks_in_her_own_report_learns_of_no_table(
    as_representative: Client, representative: Member, coordinator: Member
) -> None:
    own = ObservationFactory(text="Kim Fiktiv klottrar", reporter=representative)
    table = kept(Actor.of(coordinator))

    mask(as_representative, "Kim Fiktiv", about=f"?observation={own.pk}", tables=[table.pk])

    assert Redaction.objects.exists()
    assert Import.objects.exists()


def test_one_that_came_after_the_page_stays_until_it_is_chosen(as_coordinator: Client, coordinator: Member) -> None:
    IssueFactory(title="Kim Fiktiv klottrar")
    shown, late = (a_table(coordinator, ["Kim Fiktiv"]) for _ in range(2))

    page = mask(as_coordinator, "Kim Fiktiv", offered_tables=[shown.pk], tables=[shown.pk]).content.decode()

    assert ONE_CAME in page
    assert offered(page) == {str(shown.pk): True, str(late.pk): False}
    assert ">Maskera på 2 ställen</button>" in page
    assert not Redaction.objects.exists()

    mask(as_coordinator, "Kim Fiktiv", offered_tables=[shown.pk, late.pk], tables=[shown.pk])

    assert list(Import.objects.all()) == [late]
    assert Issue.objects.get().title == "[maskerat] klottrar"


def test_one_that_came_a_second_before_is_not_removed_unseen(
    as_coordinator: Client, coordinator: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    IssueFactory(title="Kim Fiktiv klottrar")

    def late(request: Any, form: Any) -> Any:
        assert form.is_valid()
        a_table(coordinator, ["Kim Fiktiv"])
        return save_once(request, form)

    monkeypatch.setattr(views, "save_once", late)

    page = mask(as_coordinator, "Kim Fiktiv").content.decode()

    assert ONE_CAME in page
    assert not Redaction.objects.exists()
    assert Import.objects.exists()


def test_of_a_whole_text_she_is_told_too(as_coordinator: Client, coordinator: Member) -> None:
    text = "Kim Fiktiv har setts med färg vid skolan"
    issue = IssueFactory(title="Rubrik", text=text)
    late = a_table(coordinator, ["Rörby", text])

    reply = as_coordinator.post(f"/maskera/text/issues_issue/text/{issue.pk}/", {"key": str(uuid4()), "why": WHY})

    assert ONE_CAME in reply.content.decode()
    assert offered(reply.content.decode()) == {str(late.pk): False}
    assert not Redaction.objects.exists()
