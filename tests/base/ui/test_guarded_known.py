"""Names that the register knows are not asked about, and are read once for all texts of a form."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from base.ui.guarded import found_while_writing
from members.models import Member
from tests.base.ui.test_guarded import LetterForm, asked_of
from tests.factories import IssueFactory, MemberFactory, PlaceFactory

pytestmark = pytest.mark.django_db

HIDDEN = "Kevin Larsson"


def test_the_name_of_a_member_and_of_a_place_are_not_asked_about() -> None:
    MemberFactory(name="Sara Berg")
    PlaceFactory(name="Axel Holms plan")

    form = LetterForm({"title": "Sara Berg ringde", "text": "Vid Axel Holms plan mötte hon Elsa Holm."})

    assert form.is_valid()
    assert asked_of(form) == [("text", "Elsa Holm")]


def test_the_names_are_read_once_for_all_texts_of_a_form(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    form = LetterForm({"title": "Elsa Holm ringde", "text": "Det sa Elsa Holm."})

    with django_assert_num_queries(1):
        assert form.is_valid()


def test_where_no_name_is_found_nothing_is_read(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    form = LetterForm({"title": "Lampan", "text": "Ring 070-174 06 05."})

    with django_assert_num_queries(0):
        assert form.is_valid()


def test_a_name_that_stands_in_what_she_may_not_see_is_asked_about_all_the_same(
    as_representative: Client, coordinator: Member
) -> None:
    IssueFactory(title=HIDDEN, where=HIDDEN, restricted=True)

    told = as_representative.post(reverse("guard"), {"text": f"Det sa {HIDDEN}.", "field": "text", "control": "x"})

    assert f"<mark>{HIDDEN}</mark>" in told.content.decode()


def test_what_is_written_live_is_looked_at_in_the_same_way(representative: Member) -> None:
    MemberFactory(name="Sara Berg")
    names = {"field": "text", "control": "", "kind": "text"}

    found = found_while_writing("Sara Berg och Elsa Holm.", "", **names, member=representative)

    assert [one.words for one in found.all] == ["Elsa Holm"]
