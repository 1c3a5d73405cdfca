"""A row that only names something is no organisation until something else says so: one is never removed again."""

from __future__ import annotations

import pytest
from django.test import Client

from members.group_import.planning import GroupImport
from members.models import Organisation
from tests.base.imports.workbooks import workbook
from tests.factories import OrganisationFactory
from tests.members.importing import ALEX, KIM, bring_in, imported, lines, plan_of, read, review, words_of

pytestmark = pytest.mark.django_db

NO_ORGANISATIONS = ["Kommunala bolag||||||||", "Totalt: 2 personer|||||||||", "Senast uppdaterad 2026-11-01 av Kim"]
WHY = (
    "Raden har bara ett namn, som inte är någon organisation i registret. "
    "Är det en organisation skriver du slag eller brevlåda på raden."
)


def test_section_headings_and_what_stands_below_the_table_are_left_and_told(as_coordinator: Client) -> None:
    heading, *below = NO_ORGANISATIONS
    found = read(as_coordinator, lines(heading, KIM, ALEX, *below))

    page = words_of(as_coordinator.get(review(found)))
    assert "Rader som lämnas utanför (3)" in page
    for number, name in ((2, "Kommunala bolag"), (5, "Totalt: 2 personer"), (6, below[1])):
        assert f"<h3>Rad {number}: {name}</h3> <p>{WHY}</p>" in page
    assert bring_in(as_coordinator, found).status_code == 302
    assert Organisation.objects.get(name__in=["Hamnbolaget AB", "Kommunala bolag", *below]).name == "Hamnbolaget AB"


def test_a_heading_that_is_merged_over_the_table_is_left_too(as_coordinator: Client) -> None:
    file = workbook(
        ["Organisation", "Namn", "E-post", "Roll"],
        [],
        ["Hamnen AB", "Kim Skiss", "kim@exempel.se", "ordinarie"],
        change=lambda book, sheet: sheet.merge_range(1, 0, 1, 3, "Övriga"),
    )

    plan = GroupImport().plan(read(as_coordinator, file=file).sheet_rows)

    assert ([row.name for row in plan.left], plan.wrong, len(plan.changing)) == (["Övriga"], [], 1)


def test_a_number_or_a_day_beside_it_makes_it_no_organisation(as_coordinator: Client) -> None:
    plan = plan_of(as_coordinator, "Totalt||||2 personer||||", "Uppdaterad||||||||2026-11-01")

    assert [(row.number, row.left) for row in plan.left] == [(2, [WHY]), (3, [WHY])]
    assert (plan.changing, plan.wrong, plan.unchanged) == ([], [], [])


@pytest.mark.parametrize(
    ("row", "kind"), [("Hamnen|bolag|||||||", "company"), ("Hamnen||hamnen@exempel.se||||||", "other")]
)
def test_a_row_with_a_kind_or_a_mailbox_is_an_organisation(as_coordinator: Client, row: str, kind: str) -> None:
    assert imported(as_coordinator, row).outcome == {"organisations_new": 1}
    assert Organisation.objects.get(name="Hamnen").kind == kind


def test_a_row_is_an_organisation_where_another_row_says_so(as_coordinator: Client) -> None:
    plan = plan_of(as_coordinator, "Hamnbolaget AB||||||||", KIM)

    assert (plan.left, len(plan.changing)) == ([], 2)


def test_an_organisation_of_the_register_is_there_already(as_coordinator: Client) -> None:
    OrganisationFactory(name="Hamnen")

    assert [row.name for row in plan_of(as_coordinator, "Hamnen||||||||").unchanged] == ["Hamnen"]


def test_a_sheet_of_nothing_but_names_says_that_nothing_is_imported(as_coordinator: Client) -> None:
    page = words_of(as_coordinator.get(review(read(as_coordinator, lines(*NO_ORGANISATIONS)))))

    assert "Inget blir importerat</h1>" in page
    assert "Inget behöver importeras." not in page
    assert "Importera</button>" not in page


@pytest.mark.parametrize("headings", ["Namn\tOrganisation\tE-post\tRoll", "Förnamn\tOrganisation\tE-post\tRoll"])
def test_a_section_heading_where_names_stand_is_left_and_told(as_coordinator: Client, headings: str) -> None:
    found = read(as_coordinator, lines("Kommunen|||", "Kim|Hamnbolaget AB|kim@exempel.se|ordinarie", headings=headings))

    page = words_of(as_coordinator.get(review(found)))
    why = "Raden har bara ett namn. Är det en person skriver du e-postadressen på raden: med den loggar medlemmen in."
    assert f"<h3>Rad 2: Kommunen</h3> <p>{why}</p>" in page
    assert "Rader med fel" not in page
    assert bring_in(as_coordinator, found).status_code == 302
    assert "En rad med bara ett namn lämnades utanför." in words_of(as_coordinator.get(review(found)))


@pytest.mark.parametrize("row", ["Kim|||ordinarie", "Kim|Hamnbolaget AB||"])
def test_a_name_with_anything_more_is_a_person_who_lacks_an_address(as_coordinator: Client, row: str) -> None:
    plan = GroupImport().plan(read(as_coordinator, lines(row, headings="Namn\tOrganisation\tE-post\tRoll")).sheet_rows)

    assert plan.left == []
    assert "Skriv e-postadressen: med den loggar medlemmen in." in plan.wrong[0].wrong
