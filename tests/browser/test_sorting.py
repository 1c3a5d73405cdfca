"""Sorting one after the other: she is always on the next, and sees there what the last step led to."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from issues.models import Observation
from members.actor import Actor
from members.models import Member
from tests.browser.conftest import Enter
from tests.browser.person import Person
from tests.factories import CategoryFactory, IssueFactory, MemberFactory, ObservationFactory, PlaceFactory

pytestmark = pytest.mark.browser

State = Observation.State


@pytest.fixture
def three(transactional_db: None) -> list[Observation]:
    where = ("Torget", "Kvarnparken", "Badet")
    lighting = CategoryFactory(name="Belysning")
    return [ObservationFactory(where=each, place=PlaceFactory(name=each), category=lighting) for each in where]


def state(observation: Observation) -> str:
    return Observation.objects.get(pk=observation.pk).state


@pytest.mark.parametrize("way", ["phone", "desktop", "phone without scripts"], indirect=True)
def test_after_each_she_stands_on_the_next_and_can_take_it_back_there(
    enter: Enter, coordinator: Member, three: list[Observation]
) -> None:
    IssueFactory(title="Mörkt vid torget", place=three[0].place, category=three[0].category)
    maja = enter(coordinator)
    maja.opens("/sortera/")

    maja.beside("Belysning, Torget").presses("Koppla till ärende")

    row = maja.page.locator(f"#observation-{three[1].pk}")
    expect(row).to_be_focused()
    expect(row).to_be_in_viewport()
    beside = maja.beside("Belysning, Kvarnparken")
    beside.reads("Observationen hör nu till")
    beside.presses("Ångra")
    expect(maja.page.locator(f"#observation-{three[0].pk}")).to_be_focused()
    assert state(three[0]) == State.NEW


@pytest.mark.parametrize("way", ["phone", "desktop by keyboard", "phone without scripts"], indirect=True)
def test_those_that_she_marks_are_attached_in_one_act(
    enter: Enter, coordinator: Member, three: list[Observation]
) -> None:
    issue = IssueFactory(title="Mörkt på vägen")
    maja = enter(coordinator)
    maja.opens("/sortera/")

    for where in ("Torget", "Badet"):
        marks(maja, where)
    of_the_marked(maja).presses("Koppla …")
    maja.reads_heading("Två observationer")
    maja.writes("Sök ärende med ord eller nummer", issue.number)
    maja._nearer(maja.page.get_by_role("main")).presses("Sök")
    maja.presses("Koppla till ärende")

    assert [*issue.observations.order_by("pk")] == [three[0], three[2]]
    maja.reads("Två observationer hör nu till")


@pytest.mark.parametrize("way", ["phone", "desktop"], indirect=True)
def test_what_she_has_marked_stays_marked_when_she_sorts_another(
    enter: Enter, coordinator: Member, three: list[Observation]
) -> None:
    maja = enter(coordinator)
    maja.opens("/sortera/")
    for where in ("Torget", "Badet"):
        marks(maja, where)

    maja.beside("Belysning, Kvarnparken").presses("Notera")

    expect(maja.page.locator(f"#observation-{three[2].pk}")).to_be_focused()
    assert state(three[1]) == State.NOTED
    of_the_marked(maja).presses("Notera")
    maja.reads("Två observationer är noterade")
    assert [state(each) for each in three] == [State.NOTED] * 3


def marks(person: Person, where: str) -> None:
    person._check(person.page.get_by_label(f"Markera Belysning, {where}"))


def of_the_marked(person: Person) -> Person:
    """Herself, looking only at what can be done with all that are marked."""
    return person._nearer(person.page.get_by_role("form", name="Sortera de markerade"))


@pytest.mark.parametrize("way", ["desktop"], indirect=True)
def test_keys_move_and_sort_once_she_has_turned_them_on(
    enter: Enter, coordinator: Member, three: list[Observation]
) -> None:
    maja = enter(coordinator)
    press = maja.page.keyboard.press
    maja.opens("/sortera/")
    press("j")
    press("t")
    assert state(three[0]) == State.NEW

    maja.presses("Sortera med tangentbordet")
    press("j")
    expect(maja.page.locator(f"#observation-{three[0].pk}")).to_be_focused()
    press("j")
    press("m")
    expect(maja.page.get_by_label("Markera Belysning, Kvarnparken")).to_be_checked()
    with maja.page.expect_navigation():
        press("t")
    expect(maja.page.locator(f"#observation-{three[2].pk}")).to_be_focused()
    assert [state(each) for each in three] == [State.NEW, State.NOTED, State.NEW]

    with maja.page.expect_navigation():
        press("z")
    assert state(three[1]) == State.NEW

    press("/")
    maja.page.keyboard.type("tt")
    assert [state(each) for each in three] == [State.NEW] * 3


@pytest.mark.parametrize("way", ["desktop"], indirect=True)
def test_the_key_that_undoes_leaves_what_is_written_elsewhere(
    enter: Enter, coordinator: Member, three: list[Observation]
) -> None:
    coordinator.change(by=Actor.of(coordinator), single_keys=True)
    maja = enter(coordinator)
    press = maja.page.keyboard.press
    maja.opens("/rapportera/")
    maja.writes("Berätta", "Tre lampor är släckta.")
    maja.opens("/sortera/")
    maja.reads("Du har skrivit något som inte är sparat")
    press("z")
    maja.reads("Du har skrivit något som inte är sparat")

    press("j")
    with maja.page.expect_navigation():
        press("t")
    assert state(three[0]) == State.NOTED
    maja.reads("Du har skrivit något som inte är sparat")
    with maja.page.expect_navigation():
        press("z")

    assert state(three[0]) == State.NEW
    maja.reads("Du har skrivit något som inte är sparat")


@pytest.mark.parametrize("way", ["desktop"], indirect=True)
def test_a_letter_after_g_does_nothing_with_a_row(enter: Enter, coordinator: Member, three: list[Observation]) -> None:
    coordinator.change(by=Actor.of(coordinator), single_keys=True)
    maja = enter(coordinator)
    maja.opens("/sortera/")
    press = maja.page.keyboard.press
    press("j")

    press("g")
    press("v")  # no page of the menu has it, and the row would ask why it is rejected
    press("g")
    press("j")
    expect(maja.page.locator(f"#observation-{three[0].pk}")).to_be_focused()
    press("j")

    expect(maja.page.locator(f"#observation-{three[1].pk}")).to_be_focused()
    with maja.page.expect_navigation():
        press("t")
    assert [state(each) for each in three] == [State.NEW, State.NOTED, State.NEW]


def outline(person: Person) -> str:
    """How what has the focus shows it."""
    return str(person.page.evaluate("getComputedStyle(document.activeElement).outlineStyle"))


@pytest.mark.parametrize("way", ["desktop"], indirect=True)
def test_the_row_that_a_key_leads_to_shows_that_it_has_the_focus(
    enter: Enter, coordinator: Member, three: list[Observation]
) -> None:
    coordinator.change(by=Actor.of(coordinator), single_keys=True)
    maja = enter(coordinator)
    maja.opens("/sortera/")

    for key, row in (("j", three[0]), ("j", three[1]), ("k", three[0])):
        maja.page.keyboard.press(key)
        expect(maja.page.locator(f"#observation-{row.pk}")).to_be_focused()
        assert outline(maja) == "solid"


def test_on_a_phone_no_step_of_a_row_lies_under_another(
    enter: Enter, coordinator: Member, three: list[Observation]
) -> None:
    IssueFactory(title="Mörkt vid torget", place=three[0].place, category=three[0].category)
    maja = enter(coordinator)
    maja.opens("/sortera/")

    maja.page.locator(f"#observation-{three[0].pk}").get_by_role("button", name="Notera").click()

    maja.beside("Belysning, Kvarnparken").reads("Observationen är noterad")
    assert state(three[0]) == State.NOTED


def test_what_another_has_sorted_meanwhile_is_told(
    enter: Enter, coordinator: Member, successor: Member, three: list[Observation]
) -> None:
    maja = enter(coordinator)
    maja.opens("/sortera/")
    three[0].reject(reason="Redan anmält.", by=Actor.of(successor))
    for where in ("Torget", "Badet"):
        marks(maja, where)

    of_the_marked(maja).presses("Notera")

    maja.reads("En observation är noterad för lägesbilden. Redan sorterat av någon annan: Belysning, Torget (avvisad, ")
    assert [state(each) for each in three] == [State.REJECTED, State.NEW, State.NOTED]


@pytest.fixture
def successor(transactional_db: None) -> Member:
    return MemberFactory(name="Ny Samordnare", is_coordinator=True)
