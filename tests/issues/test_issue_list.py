"""The list of issues: tabs, the filter that reads as a sentence, and what each row tells."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Category, Issue, IssueStatusFilter
from issues.texts.issue import list_words
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import today
from tests.factories import (
    ActionFactory,
    IssueFactory,
    MemberFactory,
    ObservationFactory,
    OrganisationFactory,
    PlaceFactory,
)

OVERDUE = date(2026, 1, 2)


def titles(client: Client, **query: str | int) -> list[str]:
    return [issue.title for issue in client.get("/arenden/", query).context["page"]]


def page(client: Client, **query: str | int) -> str:
    return client.get("/arenden/", query).content.decode()


def test_list_shows_open_issues_and_those_where_something_happened_last_first(
    as_representative: Client, coordinator: Member
) -> None:
    for title in ("Först", "Sedan", "Stängt"):
        Issue.create(by=Actor.of(coordinator), title=title)
    Issue.objects.get(title="Stängt").close(by=Actor.of(coordinator), outcome="solved", feedback="Klart.")
    Issue.objects.get(title="Först").change(by=Actor.of(coordinator), need=3)

    assert titles(as_representative) == ["Först", "Sedan"]


def test_views_count_where_the_issues_stand_and_lead_there(as_representative: Client) -> None:
    IssueFactory(title="Nytt", state="new")
    ActionFactory(issue__title="Väntar")
    IssueFactory(title="Vilar", state="on_hold")
    IssueFactory(title="Stängt i år", state="closed")
    IssueFactory(title="Stängt förr", state="closed", closed_at=timezone.now() - timedelta(days=400))

    tabs = as_representative.get("/arenden/").context["tabs"]

    assert [(tab.label, tab.count) for tab in tabs] == [
        ("Öppna", 3),
        ("Med obesvarad åtgärd", 1),
        ("Nya", 1),
        ("Vilande", 1),
        ("Avslutade i år", 1),
        ("Alla", 5),
    ]
    assert [tab.label for tab in tabs if tab.current] == ["Öppna"]
    assert [len(as_representative.get(tab.url).context["page"]) for tab in tabs] == [3, 1, 1, 1, 1, 5]


def test_the_sentence_of_choices_is_folded_until_it_says_something(as_representative: Client) -> None:
    IssueFactory()

    folded, said = as_representative.get("/arenden/?lage=nya"), as_representative.get("/arenden/?oppnade=ar")

    assert '<details class="more">' in folded.content.decode()
    assert '<details class="more" open>' in said.content.decode()


def test_headline_says_how_many_wait_and_how_many_past_their_day(as_representative: Client) -> None:
    IssueFactory(title="Lugnt")
    ActionFactory(assignment__answer_due=OVERDUE)
    ActionFactory()
    ActionFactory(state="cancelled", assignment__answer_due=OVERDUE)

    assert as_representative.get("/arenden/").context["headline"] == (
        "Fyra öppna ärenden. Två väntar på svar, ett av dem har passerat svarsdagen."
    )


def test_headline_calls_no_wait_too_long_on_the_day_the_answer_is_due(as_representative: Client) -> None:
    ActionFactory(assignment__answer_due=today())

    assert as_representative.get("/arenden/").context["headline"] == "Ett öppet ärende. Det väntar på svar."


@pytest.mark.parametrize(
    ("total", "silent", "told"),
    [
        (1, 1, "Ett ärende med obesvarad åtgärd. Det har passerat svarsdagen."),
        (3, 3, "Tre ärenden med obesvarad åtgärd. Alla har passerat svarsdagen."),
        (3, 1, "Tre ärenden med obesvarad åtgärd. Ett har passerat svarsdagen."),
        (3, 0, "Tre ärenden med obesvarad åtgärd."),
    ],
)
def test_headline_of_those_that_wait_says_how_many_do_so_past_their_day(total: int, silent: int, told: str) -> None:
    assert list_words(IssueStatusFilter.WAITING, total, str(total), total, silent) == told


def test_headline_of_more_than_are_counted_begins_as_a_sentence() -> None:
    told = list_words(IssueStatusFilter.ALL, 1001, "fler än 1 000", 0, 0)

    assert told == "Fler än 1 000 ärenden."


def test_filter_by_category_place_organisation_and_when_it_was_opened(
    as_representative: Client, technical: Organisation, housing: Organisation
) -> None:
    graffiti = Category.objects.get(name="Klotter")
    park = PlaceFactory(name="Kvarnparken", locality=PlaceFactory(name="Vetlanda"))
    IssueFactory(title="Klotter", category=graffiti)
    IssueFactory(title="I parken", place=park, where="kvarnparken")
    ActionFactory(issue__title="Hos Teknik", assignment__organisation=technical)
    ActionFactory(issue__title="Hos bostäder", assignment__organisation=housing)
    ActionFactory(issue__title="Nej från Teknik", assignment__organisation=technical, state="declined")
    IssueFactory(title="Gammalt", created_at=timezone.now() - timedelta(days=40))

    assert titles(as_representative, kategori=graffiti.pk) == ["Klotter"]
    assert titles(as_representative, plats="kvarnp") == ["I parken"]
    assert titles(as_representative, plats="vetlanda") == ["I parken"]
    assert titles(as_representative, organisation=technical.pk) == ["Hos Teknik"]
    assert "Gammalt" not in titles(as_representative, oppnade="manad")
    assert "Gammalt" in titles(as_representative, oppnade="kvartal")


@pytest.mark.parametrize(
    "query",
    [
        {"lage": "okänt"},
        {"kategori": "abc"},
        {"kategori": "\x00"},
        {"kategori": "99999999999999999999"},
        {"organisation": "\x00"},
        {"organisation": "-1"},
        {"oppnade": "i går"},
        {"plats": "\x00"},
        {"plats": "x" * 5000},
        {"sida": "abc"},
        {"sida": "-1"},
        {"sida": "999999999"},
    ],
    ids=str,
)
def test_what_is_unknown_in_the_address_counts_as_unsaid(query: dict[str, str], as_representative: Client) -> None:
    IssueFactory(title="Mörkt")

    assert titles(as_representative, **query) == ["Mörkt"]


@pytest.mark.parametrize("words", ["\x00", "'", '"', "\\", "x" * 1000, "🙂", "<script>"])
def test_list_takes_whatever_is_searched_for_and_says_it_back_safely(words: str, as_representative: Client) -> None:
    IssueFactory(title="Mörkt")

    response = as_representative.get("/arenden/", {"q": words, "lage": "alla"})

    assert response.status_code == 200
    assert "<script>" not in response.content.decode()


def test_search_looks_among_closed_issues_too_and_can_be_narrowed(as_representative: Client) -> None:
    IssueFactory(title="Gatubelysningen")
    IssueFactory(title="Belysning", state="closed")

    assert titles(as_representative, q="belysning", lage="alla") == ["Belysning", "Gatubelysningen"]
    assert titles(as_representative, q="belysning", lage="oppna") == ["Gatubelysningen"]


def test_row_counts_reporters_apart_from_observations_and_from_what_others_brought(
    as_representative: Client, officer: Member
) -> None:
    issue = IssueFactory()
    for reporter in (officer, officer, MemberFactory()):
        ObservationFactory(reporter=reporter, issue=issue)
    ObservationFactory(source="resident", issue=issue)
    ObservationFactory(restricted=True, issue=issue)

    assert "3 från 2 rapportörer, + 1 från invånare" in page(as_representative).replace("\N{NO-BREAK SPACE}", " ")


def test_row_names_who_has_something_to_answer_or_do(as_representative: Client, technical: Organisation) -> None:
    issue = ActionFactory(assignment__organisation=technical).issue
    ActionFactory(issue=issue, assignment__organisation=technical, state="ongoing")
    ActionFactory(issue=issue, assignment__organisation__name="Sa nej", state="declined")

    (row,) = as_representative.get("/arenden/").context["page"]

    assert row.responsible == [technical]


def test_what_is_hidden_is_in_no_row_and_no_count(as_coordinator: Client, as_handler: Client) -> None:
    IssueFactory(title="HEMLIGT", restricted=True)

    for client in (as_coordinator, as_handler):
        response = client.get("/arenden/?lage=alla")
        assert "HEMLIGT" not in response.content.decode()
        assert {tab.count for tab in response.context["tabs"]} == {0}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({}, "Det finns inga ärenden än."),
        ({"q": "zebra"}, "Inget ärende stämmer med ”zebra”."),
        ({"plats": "Månen"}, "Inget ärende stämmer med det du valt."),
    ],
)
def test_an_empty_list_says_what_to_do(query: dict[str, str], said: str, as_coordinator: Client) -> None:
    assert said in page(as_coordinator, **query)


def test_a_register_without_issues_says_how_each_comes_to_the_first(
    as_coordinator: Client, as_representative: Client, as_handler: Client
) -> None:
    opens = "Samordnaren öppnar ett ärende ur det som har setts."
    reports = f'{opens} <a href="/rapportera/">Rapportera</a> det du ser, så står det snart ett här.'

    assert 'Ett ärende öppnas ur <a href="/sortera/">en observation</a>' in page(as_coordinator)
    assert reports in page(as_representative)
    assert f"{opens} När det rör er står det här." in page(as_handler)


def test_an_empty_list_is_not_said_to_be_empty_to_one_who_may_not_read_it(
    as_handler: Client, as_outsider: Client
) -> None:
    IssueFactory()

    assert "<h1>Inget ärende rör er än.</h1>" in page(as_handler)
    assert "<h1>Ärendena läses av gruppen.</h1>" in page(as_outsider)
    assert "Du är gäst i registret." in page(as_outsider)


def test_an_empty_view_of_a_register_in_use_names_the_view(as_coordinator: Client) -> None:
    IssueFactory()

    assert "Inga vilande ärenden." in page(as_coordinator, lage="vilar")


def test_a_long_list_is_paged_and_keeps_the_filter(as_representative: Client) -> None:
    for _ in range(26):
        IssueFactory(title="Gatubelysning")

    first = page(as_representative, q="belysning")

    assert "sida=2" in first
    assert "q=belysning" in first
    assert len(titles(as_representative, q="belysning", sida=2)) == 1


@pytest.mark.parametrize(("status", "advised"), [("oppna", True), ("alla", False)])
def test_an_empty_choice_advises_a_wider_status_where_there_is_one(
    as_representative: Client, status: str, advised: bool
) -> None:
    nobodys = OrganisationFactory()
    IssueFactory()

    page = as_representative.get(f"/arenden/?lage={status}&organisation={nobodys.pk}").content.decode()

    assert "Inget ärende stämmer med det du valt." in page
    assert ("Byt läge till" in page) == advised
