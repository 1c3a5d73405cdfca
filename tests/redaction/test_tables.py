"""A table that is read in and waits to be brought in: told of beforehand, removed whole, and told of afterwards."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from base.imports.models import Import
from base.imports.plan import ImportPlan, PlannedRow
from base.imports.table import ReadBook, ReadTable
from issues.models import Issue
from members.actor import Actor
from members.group_import.planning import GroupImport
from members.models import Member
from temagrupp.redaction.models import Redaction
from tests.factories import IssueFactory, MemberFactory, ObservationFactory
from tests.redaction.test_pages import WHY, mask

pytestmark = pytest.mark.django_db


def a_table(member: Member, *rows: list[str], sheets: int = 1) -> Import:
    """One that waits, of as many sheets; the rows stand in the last of these, and it is turned to the first."""
    others = [ReadTable([(1, ["Namn", "E-post"]), (2, ["Bo Prov", "bo@exempel.se"])])] * (sheets - 1)
    book = ReadBook([*others, ReadTable([*enumerate(rows, start=1)])])
    return Import.keep(book, GroupImport(), by=Actor.of(member))


def a_wrong_row(member: Member, name: str) -> Import:
    """One that is brought in, of which a row was wrong."""
    table = a_table(member, ["Namn"])
    table.finish({}, ImportPlan([PlannedRow(2, name, wrong=["E-post saknas."])]))
    return table


def found(client: Client, passage: str = "Kim Fiktiv") -> str:
    return " ".join(client.post("/maskera/", {"passage": passage}).content.decode().split())


def offered(page: str) -> dict[str, bool]:
    return {key: bool(ticked) for key, ticked in re.findall(r'name="tables" value="(\d+)"( checked)?', page)}


def test_whose_table_has_it_is_told_beforehand_without_a_word_of_it(
    as_coordinator: Client, coordinator: Member
) -> None:
    other = MemberFactory(name="Gun Prototyp")
    mine = a_table(coordinator, ["Kim Fiktiv", "Hemlig gata 7"])
    theirs = a_table(other, ["Rörby", "kim  fiktiv"])
    a_table(other, ["Bo Prov"])
    IssueFactory(title="Kim Fiktiv klottrar")

    page = found(as_coordinator)

    assert offered(page) == {str(mine.pk): True, str(theirs.pk): True}
    assert "Står på ett ställe och i två inlästa tabeller." in page
    assert "tas bort i sin helhet" in page
    assert "Tabell som väntar på att importeras, inläst av Gun Prototyp" in page
    assert [f", nr {table.pk}</span>" in page for table in (mine, theirs)] == [True, True]
    assert "Hemlig gata" not in page
    assert Import.objects.count() == 3


def test_a_word_that_only_a_table_has_is_masked_there_and_the_record_says_whose_it_was(as_coordinator: Client) -> None:
    a_table(MemberFactory(name="Gun Prototyp"), ["Kim Fiktiv"])
    kept = a_table(MemberFactory(), ["Bo Prov"])

    assert "Står i en inläst tabell. Bara" in found(as_coordinator)
    page = mask(as_coordinator, "Kim Fiktiv").content.decode()

    assert list(Import.objects.all()) == [kept]
    assert "Tabellen hade lästs in för att importeras och är borttagen i sin helhet." in page
    assert "Inläst av Gun Prototyp" in page
    assert "Fiktiv" not in page
    assert ", en inläst tabell borttagen" in as_coordinator.get("/maskeringar/").content.decode()


def test_it_is_found_over_the_cells_of_a_row_and_in_what_was_wrong(as_coordinator: Client, coordinator: Member) -> None:
    apart = a_table(coordinator, ["Rörby", "Kim", "Fiktiv"])
    not_turned_to = a_table(coordinator, ["Rörby", "Kim", "Fiktiv"], sheets=2)
    done = a_wrong_row(coordinator, "Kim Fiktiv")

    page = found(as_coordinator)

    assert not_turned_to.sheet == 0
    assert offered(page) == {str(table.pk): True for table in (apart, not_turned_to, done)}
    assert "Felen i en tabell som" in page


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("page", ["import_detail", "import_columns"])
def test_whoever_read_it_in_reads_where_it_was_that_a_masking_removed_it(
    as_coordinator: Client, coordinator: Member, page: str, method: str
) -> None:
    mine, other = a_table(coordinator, ["Kim Fiktiv"]), a_table(MemberFactory(), ["Kim Fiktiv"])
    never = other.pk + 1
    mask(as_coordinator, "Kim Fiktiv")
    addresses = [reverse(f"members:{page}", args=[key]) for key in (mine.pk, other.pk, never)]

    told = [getattr(as_coordinator, method)(address) for address in addresses]

    assert [reply.status_code for reply in told] == [410, 404, 404]
    words = [reply.content.decode() for reply in told]
    assert ["Tabellen är borttagen" in each for each in words] == [True, False, False]
    assert "Du maskerade i dag " in words[0]
    assert "Ska den importeras: ta bort det som är maskerat ur filen och läs in den igen." in words[0]
    assert Redaction.objects.get().get_absolute_url() in words[0]
    assert "Fiktiv" not in words[0]


def test_a_table_that_is_not_chosen_stays(as_coordinator: Client, coordinator: Member) -> None:
    kept, removed = (a_table(coordinator, ["Kim Fiktiv"]) for _ in range(2))
    issue = IssueFactory(title="Kim Fiktiv klottrar")

    mask(as_coordinator, "Kim Fiktiv", offered_tables=[kept.pk, removed.pk], tables=[removed.pk])

    assert list(Import.objects.all()) == [kept]
    assert Issue.objects.get(pk=issue.pk).title == "[maskerat] klottrar"
    places = Redaction.objects.get().places.filter(table="imports_import")
    assert set(places.values_list("key", "member")) == {(str(removed.pk), coordinator.pk)}


def test_nothing_chosen_is_nothing_to_mask_and_of_the_groups_own_a_table_is_not_chosen_beforehand(
    as_coordinator: Client, coordinator: Member
) -> None:
    table = a_table(coordinator, ["Kim Fiktiv"])
    MemberFactory(name="Kim Fiktiv")

    assert offered(found(as_coordinator)) == {str(table.pk): False}
    page = mask(as_coordinator, "Kim Fiktiv", places=[], tables=[]).content.decode()

    assert "Välj minst ett ställe." in page
    assert Import.objects.exists()


def test_whoever_masks_in_her_own_report_neither_reads_of_tables_nor_removes_them(
    as_representative: Client, representative: Member, coordinator: Member
) -> None:
    own = ObservationFactory(text="Kim Fiktiv klottrar", reporter=representative)
    a_table(coordinator, ["Kim Fiktiv"])

    page = as_representative.post(f"/maskera/?observation={own.pk}", {"passage": "Kim Fiktiv"}).content.decode()
    mask(as_representative, "Kim Fiktiv", about=f"?observation={own.pk}")

    assert "tabell" not in page
    assert Import.objects.exists()
    assert not Redaction.objects.get().places.filter(table="imports_import").exists()


def test_of_a_whole_text_a_table_that_says_it_is_told_of_and_removed(
    as_coordinator: Client, coordinator: Member
) -> None:
    text = "Kim Fiktiv har setts med färg vid skolan"
    issue = IssueFactory(title="Rubrik", text=text)
    table = a_table(coordinator, ["Rörby", text])
    address = f"/maskera/text/issues_issue/text/{issue.pk}/"

    page = as_coordinator.get(address).content.decode()
    reply = as_coordinator.post(address, {"key": str(uuid4()), "why": WHY, "offered_tables": [table.pk]}, follow=True)

    assert offered(page) == {str(table.pk): True}
    assert Import.objects.exists()
    assert "inläst" not in reply.content.decode()
    other = IssueFactory(title="Rubrik", text=text)
    reply = as_coordinator.post(
        f"/maskera/text/issues_issue/text/{other.pk}/",
        {"key": str(uuid4()), "why": WHY, "offered_tables": [table.pk], "tables": [table.pk]},
        follow=True,
    )
    assert not Import.objects.exists()
    assert "Inläst av" in reply.content.decode()
