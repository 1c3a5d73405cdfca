"""A row that is read is the one that Django would have made, at less cost."""

import pytest
from django.apps import apps
from django.db.models.signals import post_init, pre_init
from pytest_django import DjangoAssertNumQueries

from base.records import StoredRow
from issues.models import Issue
from tests.factories import ActionFactory, IssueFactory

pytestmark = pytest.mark.django_db


def test_a_row_has_the_columns_and_the_state_that_django_gives_it() -> None:
    issue = IssueFactory()
    names = [field.attname for field in Issue._meta.concrete_fields]
    values = [getattr(issue, name) for name in names]

    ours = Issue.from_db("default", names, values)

    djangos = Issue(*values)
    djangos._state.adding, djangos._state.db = False, "default"
    assert ours._state.fields_cache == djangos._state.fields_cache == {}
    assert {**vars(ours), "_state": vars(ours._state)} == {**vars(djangos), "_state": vars(djangos._state)}


def test_a_column_that_was_left_out_is_read_when_asked_for(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    IssueFactory(title="Mörkt i tunneln")
    issue = Issue.objects.only("created_at").get()

    with django_assert_num_queries(1):
        assert issue.title == "Mörkt i tunneln"


def test_a_row_that_is_set_to_another_one_forgets_the_first() -> None:
    action, other = ActionFactory(), IssueFactory(title="Åparken")
    read = type(action).objects.select_related("issue").get(pk=action.pk)

    read.issue_id = other.pk

    assert read.issue.title == "Åparken"


def test_a_row_that_was_read_is_saved_over_itself() -> None:
    IssueFactory()
    issue = Issue.objects.get()

    issue.title = "Lampan är trasig"
    issue.save()

    assert [each.title for each in Issue.objects.all()] == ["Lampan är trasig"]


def test_nothing_listens_to_how_our_rows_are_made() -> None:
    ours = [model for model in apps.get_models() if issubclass(model, StoredRow)]

    assert [model for model in ours if pre_init.has_listeners(model) or post_init.has_listeners(model)] == []
