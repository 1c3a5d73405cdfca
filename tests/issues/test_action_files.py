"""The list of actions as a file: the rows of the page with the same address, all of them, and nothing restricted."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from issues.handling import note_handling
from issues.models import AccessGrant, Action
from issues.texts.action_table import COLUMNS
from members.actor import Actor
from members.models import Member, Organisation
from tests.base.documents.reading import workbook_rows
from tests.days import in_days, today
from tests.factories import ActionFactory
from tests.pages import Response


def fetched(client: Client, query: str = "", kind: str = "csv") -> Response:
    return client.get(reverse(f"issues:action_list_{kind}") + query)


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    text = fetched(client, query).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def titles(client: Client, query: str = "") -> list[str]:
    return [row["Åtgärd"] for row in rows(client, query)]


def test_each_fact_stands_in_a_column_of_its_own(
    as_representative: Client, representative: Member, technical: Organisation
) -> None:
    action = ActionFactory(title="Byt lampor", issue__where="Tunneln", assignment__organisation=technical)
    by = Actor.of(representative)
    action.current.accept(by=by, planned=in_days(9), text="Det ordnar vi.", cost_band="under_50", budget_year=2027)
    note_handling(Action.objects.get(pk=action.pk).current, by=by, handler=representative, external_ref="TF-77")

    [row] = rows(as_representative)

    told = {
        "Ärende": action.issue.number,
        "Plats": "Tunneln",
        "Åtgärd": "Byt lampor",
        "Ansvarig": "Tekniska förvaltningen",
        "Utanför gruppen": "",
        "Läge": "Pågående",
        "Begärt": today().isoformat(),
        "Svar": "Åtar sig",
        "Svarade": today().isoformat(),
        "Svaret i ord": "Det ordnar vi.",
        "Planerat klart, senast": in_days(9).isoformat(),
        "Handläggare": "Omar Prov",
        "Eget ärendenummer": "TF-77",
        "Budgetår": "2027",
        "Ungefärlig kostnad": "Under 50 000 kr",
    }
    assert {name: row[name] for name in told} == told
    assert tuple(row) == COLUMNS


@pytest.mark.parametrize(
    ("state", "facts", "said"),
    [
        ("proposed", {"answer_due": in_days(-6)}, f"Svar skulle ha kommit {in_days(-6)}."),
        ("proposed", {"answer_due": in_days(-1)}, f"Svar skulle ha kommit {in_days(-1)}."),
        ("accepted", {"planned": in_days(-6)}, f"Försenad sedan {in_days(-6)}."),
        ("ongoing", {"planned": in_days(-1)}, f"Försenad sedan {in_days(-1)}."),
    ],
)
def test_the_state_is_said_by_its_day_for_whoever_reads_the_file_later(
    as_coordinator: Client, technical: Organisation, state: str, facts: dict[str, date], said: str
) -> None:
    told = {f"assignment__{name}": value for name, value in facts.items()}
    ActionFactory(state=state, assignment__organisation=technical, **told)

    [row] = rows(as_coordinator)

    assert said in row["Läget i ord"]
    assert "dagar sedan" not in row["Läget i ord"]


def test_who_supports_it_and_what_the_next_step_is_stand_in_it(
    as_coordinator: Client, representative: Member, technical: Organisation, housing: Organisation
) -> None:
    action = ActionFactory(assignment__organisation=technical)
    action.supporting.add(housing)
    by, next_step = Actor.of(representative), "Ta upp igen i mars."
    action.current.decline(by=by, reason="priority", text="Skolvägarna först.", next_step=next_step)

    [row] = rows(as_coordinator, "?vy=alla&lage=alla")

    assert (row["Stöd från"], row["Nästa steg"]) == (str(housing), "Ta upp igen i mars.")


@pytest.mark.parametrize("query", ["", "?vy=egna", "?vy=alla&lage=klara", "?vy=alla&lage=alla"])
def test_it_has_the_rows_of_the_page(
    as_representative: Client, technical: Organisation, housing: Organisation, query: str
) -> None:
    for organisation in (technical, housing):
        for state in ("proposed", "done"):
            ActionFactory(title=f"{organisation} {state}", state=state, assignment__organisation=organisation)

    page = as_representative.get(reverse("issues:action_list") + query).context["page"]

    assert titles(as_representative, query) == [action.title for action in page]


def test_it_has_every_page_of_the_list(as_coordinator: Client, technical: Organisation) -> None:
    for number in range(27):
        ActionFactory(title=f"Åtgärd {number}", assignment__organisation=technical)

    assert len(titles(as_coordinator, "?sida=2")) == 27


def test_the_page_leads_to_the_file_of_what_is_chosen(
    as_coordinator: Client, technical: Organisation, housing: Organisation
) -> None:
    ActionFactory(assignment__organisation=technical)
    page = as_coordinator.get(f"{reverse('issues:action_list')}?organisation={technical.pk}&utm=x").content.decode()

    assert f'href="/atgarder/lista.xlsx?organisation={technical.pk}"' in page
    assert "för andra program än Excel" in page
    assert page.index("lista.xlsx") < page.index("lista.csv")
    assert f'href="/atgarder/lista.csv?organisation={technical.pk}"' in page
    assert (
        f"Tekniska%20f%C3%B6rvaltningen%2C%20{today()}.csv"
        in (fetched(as_coordinator, f"?organisation={technical.pk}")["Content-Disposition"])
    )


def test_what_is_restricted_is_in_no_file_for_whoever_may_read_it(
    as_representative: Client, representative: Member, technical: Organisation
) -> None:
    ActionFactory(title="Synlig", assignment__organisation=technical)
    hidden = ActionFactory(title="Hemlig", issue__restricted=True, assignment__organisation=technical)
    AccessGrant.give(hidden.issue, [representative.pk], by=Actor.of(representative))

    listed = [action.title for action in as_representative.get(reverse("issues:action_list")).context["page"]]

    assert sorted(listed) == ["Hemlig", "Synlig"]
    assert titles(as_representative) == ["Synlig"]
    assert "Hemlig" not in str(workbook_rows(fetched(as_representative, kind="excel").content))


def test_a_draft_is_in_no_file(as_coordinator: Client) -> None:
    ActionFactory(title="Utkastet", state="draft")

    assert titles(as_coordinator, "?lage=alla") == []


def test_a_handler_has_a_file_of_her_own_and_no_other(
    as_handler: Client, housing: Organisation, technical: Organisation
) -> None:
    ActionFactory(title="Vår", assignment__organisation=housing)
    ActionFactory(title="Deras", assignment__organisation=technical)

    assert titles(as_handler, "?vy=alla") == ["Vår"]


def test_excel_has_the_same_and_no_formula(as_coordinator: Client, technical: Organisation) -> None:
    ActionFactory(title="=HYPERLINK(1)", assignment__organisation=technical)

    heading, row = workbook_rows(fetched(as_coordinator, kind="excel").content)

    assert tuple(heading) == COLUMNS
    assert row[COLUMNS.index("Åtgärd")] == "=HYPERLINK(1)"
    assert row[COLUMNS.index("Begärt")] == today()
    assert titles(as_coordinator) == ["'=HYPERLINK(1)"]


def test_a_guest_has_none(as_outsider: Client) -> None:
    assert fetched(as_outsider).status_code == 403


def test_a_file_has_room_for_so_many_and_the_page_and_its_name_say_so(
    as_representative: Client, technical: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("issues.filters.action.IN_A_FILE", 2)
    for title in ("Först", "Sedan", "Sist"):
        ActionFactory(title=title, assignment__organisation=technical)

    def told(query: str = "") -> tuple[int, bool, bool]:
        page = as_representative.get(reverse("issues:action_list") + query).content.decode()
        name = fetched(as_representative, query)["Content-Disposition"]
        return len(titles(as_representative, query)), "Filen har de 2 första. Välj mindre" in page, "2%20f" in name

    assert told() == (2, True, True)
    assert told("?handlaggare=jag") == (0, False, False)
