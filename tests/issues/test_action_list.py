"""The actions of each organisation: the samordnare's list of everything handed out, and each organisation's own."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from issues.models import Action, in_order_of_need
from members.actor import Actor
from members.models import Member, Organisation
from tests.days import in_days, today
from tests.factories import ActionFactory, SeatFactory


def asked(organisation: Organisation, title: str, state: str = "proposed", **facts: Any) -> Action:
    given = {f"assignment__{name}": value for name, value in facts.items()}
    return ActionFactory(title=title, state=state, assignment__organisation=organisation, **given)


@pytest.fixture
def everything(technical: Organisation, housing: Organisation) -> None:
    """One action at each place a list can show."""
    asked(technical, "Väntar")
    asked(technical, "Tyst", answer_due=in_days(-1))
    asked(housing, "Sen", "ongoing", answer="accepted", planned=in_days(-1))
    asked(technical, "Pågår", "ongoing", answer="accepted", planned=today())
    asked(housing, "Undrar", "question", answer="question", text="Var?")
    no = {"reason": "budget", "text": "Nej.", "next_step": "Fråga i vår."}
    asked(technical, "Avböjd", "declined", answer="declined", **no)
    asked(technical, "Färdig", "done", answer="accepted", planned=today())
    asked(technical, "Utkastet", "draft")


def shown(client: Client, query: str = "") -> tuple[str, list[tuple[str, list[str]]]]:
    """The headline, and the titles under each heading."""
    context = client.get(reverse("issues:action_list") + query).context
    return context["filter"].headline, [(part.heading, [a.title for a in part.actions]) for part in context["parts"]]


def test_the_coordinator_meets_first_what_burns(as_coordinator: Client, everything: None) -> None:
    headline, sections = shown(as_coordinator)

    assert headline == ("En fråga väntar på samordnaren, en åtgärd har inte fått svar i tid och en åtgärd är försenad.")
    assert sections == [
        ("Väntar på samordnaren", ["Undrar"]),
        ("Obesvarade och försenade", ["Tyst", "Sen"]),
        ("Väntar på svar", ["Väntar"]),
        ("Pågående", ["Pågår"]),
    ]


def test_the_very_day_of_an_answer_or_a_promise_is_in_time(as_coordinator: Client, technical: Organisation) -> None:
    asked(technical, "Svaras i dag", answer_due=today())
    asked(technical, "Klar i dag", "accepted", answer="accepted", planned=today())

    assert shown(as_coordinator) == (
        "Inga obesvarade eller försenade åtgärder.",
        [("Väntar på svar", ["Svaras i dag"]), ("Pågående", ["Klar i dag"])],
    )


@pytest.mark.parametrize(
    ("stage", "titles"),
    [
        ("samordnaren", ["Undrar"]),
        ("forsenade", ["Tyst", "Sen"]),
        ("vantar", ["Väntar"]),
        ("pagar", ["Pågår"]),
        ("avbojda", ["Avböjd"]),
        ("klara", ["Färdig"]),
        ("alla", ["Undrar", "Tyst", "Sen", "Väntar", "Pågår", "Avböjd", "Färdig"]),
    ],
)
def test_a_stage_shows_its_own(as_coordinator: Client, everything: None, stage: str, titles: list[str]) -> None:
    _, sections = shown(as_coordinator, f"?lage={stage}")

    assert [title for _, actions in sections for title in actions] == titles


def test_an_organisation_narrows_the_list_and_the_headline(
    as_coordinator: Client, everything: None, housing: Organisation
) -> None:
    headline, sections = shown(as_coordinator, f"?organisation={housing.pk}")

    assert headline == "En fråga väntar på samordnaren och en åtgärd är försenad."
    assert sections == [("Väntar på samordnaren", ["Undrar"]), ("Obesvarade och försenade", ["Sen"])]


def test_each_part_of_the_list_is_counted_by_the_tab_of_the_same_words(
    as_coordinator: Client, everything: None
) -> None:
    chosen = as_coordinator.get(reverse("issues:action_list") + "?lage=alla").context["filter"]

    tabs = {tab.label: tab.count for tab in chosen.tabs}

    assert chosen.tally == [(part.heading, tabs[part.heading]) for part in chosen.divided(chosen.rows)]


def test_what_is_late_stands_by_how_late_it_is_whether_an_answer_or_a_promise(
    as_coordinator: Client, technical: Organisation
) -> None:
    asked(technical, "Sen två dagar", "accepted", answer="accepted", answer_due=in_days(-30), planned=in_days(-2))
    asked(technical, "Sen tio dagar", "accepted", answer="accepted", answer_due=in_days(-20), planned=in_days(-10))
    asked(technical, "Tyst en dag", answer_due=in_days(-1))
    asked(technical, "Tyst tre dagar", answer_due=in_days(-3))

    [(_, titles)] = shown(as_coordinator)[1]

    assert titles == ["Tyst tre dagar", "Tyst en dag", "Sen tio dagar", "Sen två dagar"]
    assert [action.title for action in in_order_of_need(Action.objects.with_current(), today())] == titles


def test_a_stage_keeps_the_organisation_and_begins_at_its_first_page(
    as_coordinator: Client, everything: None, housing: Organisation
) -> None:
    address = f"?organisation={housing.pk}&vy=alla&sida=2"

    tabs = as_coordinator.get(reverse("issues:action_list") + address).context["filter"].tabs

    assert [(tab.label, tab.count) for tab in tabs if tab.count] == [
        ("Öppna", 2),
        ("Väntar på samordnaren", 1),
        ("Obesvarade och försenade", 1),
        ("Alla", 2),
    ]
    assert [tab.url for tab in tabs if tab.label == "Pågående"] == [f"?organisation={housing.pk}&vy=alla&lage=pagar"]
    assert [tab.label for tab in tabs if tab.current] == ["Öppna"]


def test_an_organisation_begins_with_its_own(as_representative: Client, everything: None) -> None:
    headline, sections = shown(as_representative)

    assert headline == "Två frågor väntar på svar från er."
    assert sections == [
        ("Ert att svara på", ["Tyst", "Väntar"]),
        ("Pågående hos er", ["Pågår"]),
        ("Klara", ["Färdig"]),
        ("Avböjda", ["Avböjd"]),
    ]


def test_a_representative_may_see_everything_handed_out(as_representative: Client, everything: None) -> None:
    headline, sections = shown(as_representative, "?vy=alla")

    assert sections[1] == ("Obesvarade och försenade", ["Tyst", "Sen"])
    assert headline.startswith("En fråga väntar på samordnaren")


def test_a_handler_has_her_organisations_list_and_no_other(as_handler: Client, everything: None) -> None:
    own, all_of_it = shown(as_handler), shown(as_handler, "?vy=alla")

    assert own == all_of_it
    assert own[1] == [("Försenade och att stämma av", ["Sen"]), ("Ligger hos gruppen", ["Undrar"])]


def test_what_was_passed_on_is_no_longer_theirs(
    as_representative: Client, representative: Member, technical: Organisation, housing: Organisation
) -> None:
    action = asked(technical, "Fel mottagare")
    action.current.pass_on(by=Actor.of(representative), to=housing)

    assert shown(as_representative) == ("Inget väntar på svar från er.", [])


def test_a_reader_reads_what_is_handed_out(as_reader: Client, everything: None) -> None:
    titles = [title for _, actions in shown(as_reader, "?lage=alla")[1] for title in actions]

    assert "Tyst" in titles
    assert "Utkastet" not in titles


def test_a_guest_sees_nothing(as_outsider: Client, everything: None) -> None:
    assert shown(as_outsider, "?vy=alla") == ("Åtgärderna läses av gruppen.", [])


def test_an_empty_list_says_what_to_do(as_coordinator: Client) -> None:
    page = as_coordinator.get(reverse("issues:action_list")).content.decode()

    assert "Ingen åtgärd är utdelad än." in page
    assert 'Åtgärder föreslås från <a href="/arenden/">ett ärende</a> eller på ett möte.' in page


def test_an_organisation_that_was_never_asked_reads_what_will_stand_there(as_representative: Client) -> None:
    page = as_representative.get(reverse("issues:action_list")).content.decode()

    assert "Ingen har bett er om något. När gruppen ställer en fråga till er står den här" in page
    assert "Ingen åtgärd är utdelad än." not in page


@pytest.mark.parametrize(
    "query", ["?sida=abc", "?organisation=%00", "?organisation=99999999999999999999", "?lage=%00&vy=%F0", "?sida=-1"]
)
def test_an_address_full_of_nonsense_is_a_page_all_the_same(
    as_coordinator: Client, everything: None, query: str
) -> None:
    assert as_coordinator.get(reverse("issues:action_list") + query).status_code == 200


def test_the_list_is_turned_page_by_page(as_coordinator: Client, technical: Organisation) -> None:
    for number in range(26):
        asked(technical, f"Åtgärd {number}")

    _, first = shown(as_coordinator)
    _, second = shown(as_coordinator, "?sida=2")

    assert (len(first[0][1]), len(second[0][1])) == (25, 1)


def held(client: Client, query: str = "") -> list[tuple[str, int, str]]:
    """The open actions of each organisation, as they stand beside the list: how many, and the words of what is late."""
    loads = client.get(reverse("issues:action_list") + query).context["filter"].loads
    return [(tab.label, tab.count, str(late or "")) for tab, late in loads]


def test_the_open_actions_of_each_organisation_stand_beside_the_list(
    as_coordinator: Client, everything: None, technical: Organisation, housing: Organisation
) -> None:
    asked(technical, "Tyst igen", answer_due=in_days(-1))
    ActionFactory(issue__restricted=True, assignment__organisation=housing)

    assert held(as_coordinator) == [
        (str(technical), 4, "Två obesvarade eller försenade"),
        (str(housing), 2, "En obesvarad eller försenad"),
    ]


def test_the_open_actions_of_each_organisation_are_the_same_whatever_part_is_chosen(
    as_coordinator: Client, everything: None, housing: Organisation
) -> None:
    assert held(as_coordinator, f"?organisation={housing.pk}&lage=klara") == held(as_coordinator)


def test_an_organisation_reads_how_much_it_has_had(as_representative: Client, everything: None) -> None:
    context = as_representative.get(reverse("issues:action_list")).context

    assert context["filter"].loads == []
    assert context["filter"].tally == [("Ert att svara på", 2), ("Pågående hos er", 1), ("Klara", 1), ("Avböjda", 1)]


def test_whose_step_it_is_has_it_on_the_row(
    as_coordinator: Client, as_representative: Client, everything: None
) -> None:
    assert acts(as_coordinator) == ["Lämna komplettering om Undrar"]
    assert acts(as_representative) == ["Svara på Tyst", "Svara på Väntar"]


def acts(client: Client) -> list[str]:
    page = re.sub(r"\s*\n\s*", "", client.get(reverse("issues:action_list")).content.decode())
    return [strip_tags(act) for act in re.findall(r'class="act"><a [^>]*>(.*?)</a>', page)]


def test_one_who_was_never_asked_finds_the_way_to_all_that_was(as_representative: Client) -> None:
    page = as_representative.get(reverse("issues:action_list")).content.decode()

    assert "Inget väntar på svar från er." in page
    assert '<a href="?vy=alla">Alla utdelade åtgärder</a>' in page


def test_a_samordnare_who_sits_for_somebody_is_led_to_what_is_asked_of_them(
    as_coordinator: Client, coordinator: Member, technical: Organisation
) -> None:
    SeatFactory(member=coordinator, organisation=technical, role="ordinary")
    ActionFactory(assignment__organisation=technical)

    assert f'{reverse("issues:action_list")}?vy=egna">Alla era åtgärder' in (
        as_coordinator.get(reverse("start")).content.decode()
    )
