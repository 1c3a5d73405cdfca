"""A rule that came after what a row keeps stops nobody who changes something else of the row."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from base.records.versioned import Versioned
from members.actor import Actor
from members.models import Group, Member
from tests.factories import OrganisationFactory

TAKEN = "Det finns redan en organisation med det namnet."
ROWS: list[tuple[type[Versioned], dict[str, Any], dict[str, Any]]] = [
    (Member, {"phone": "ring växeln"}, {"title": "Områdeschef"}),
    (Group, {"answer_days": 400}, {"name": "Trygga Vetlanda"}),
]


@pytest.mark.parametrize(("model", "kept", "changed"), ROWS, ids=["member", "group"])
def test_what_is_kept_is_asked_about_only_where_it_is_changed(
    model: Any, kept: dict[str, Any], changed: dict[str, Any], coordinator: Member
) -> None:
    Group.current().change(by=Actor.of(coordinator))
    row, by = model.objects.first(), Actor.of(coordinator)
    model.objects.filter(pk=row.pk).update(**kept)

    row.change(by=by, **changed)

    assert model.objects.filter(pk=row.pk, **kept, **changed).exists()
    with pytest.raises(ValidationError):
        row.change(by=by, **kept, **changed)


def test_what_the_row_breaks_as_a_whole_is_said_though_half_of_it_is_kept(coordinator: Member) -> None:
    OrganisationFactory(name="Polisen")
    row, by = OrganisationFactory(name="Bolaget", active_from=date(2026, 5, 1)), Actor.of(coordinator)
    type(row).objects.filter(pk=row.pk).update(mailbox="ingen adress")

    with pytest.raises(ValidationError) as refused:
        row.change(by=by, name="Polisen", active_to=date(2026, 4, 1))

    assert refused.value.messages == [TAKEN, "Slutdagen ligger före startdagen."]
