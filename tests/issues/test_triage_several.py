"""Several observations sorted in one act: one receipt, one way back, and what another has sorted meanwhile is told."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from base.ui.undo import Undo, undo_of
from issues.models import Issue, Observation
from issues.striking import striking_of
from issues.triage import Sorted, sort_each
from members.actor import Actor
from members.models import Member
from tests.at_once import at_once
from tests.factories import IssueFactory, MemberFactory, ObservationFactory
from tests.pages import Response
from tests.the import the

State = Observation.State
MARKED = "/sortera/markerade/"
NEW = {"title": "Mörkt", "kind": "place", "where": "Tunneln"}


@pytest.fixture
def three(db: None) -> list[Observation]:
    return [ObservationFactory(text=text) for text in ("Först", "Sedan", "Sist")]


def keys(observations: list[Observation]) -> dict[str, list[int]]:
    return {"o": [observation.pk for observation in observations]}


def states(observations: list[Observation]) -> list[str]:
    by_pk = {each.pk: each.state for each in Observation.objects.all()}
    return [by_pk[observation.pk] for observation in observations]


def said(response: Response) -> str:
    [message] = get_messages(response.wsgi_request)
    return str(message)


def created(issue: Issue, whence: str) -> str:
    return f'<a href="{issue.get_absolute_url()}">Ärende {issue.number}, {issue}</a> är skapat av {whence}.'


def way_back(response: Response) -> Undo:
    [message] = get_messages(response.wsgi_request)
    return the(undo_of(message))


def test_those_that_are_marked_are_noted_with_one_press_and_one_receipt(
    as_coordinator: Client, three: list[Observation]
) -> None:
    response = as_coordinator.post(MARKED, {"gor": "notera", **keys(three[:2])})

    assert states(three) == [State.NOTED, State.NOTED, State.NEW]
    assert said(response) == "Två observationer är noterade för lägesbilden."
    assert response["Location"] == f"/sortera/#observation-{three[2].pk}"


@pytest.mark.parametrize(("press", "page"), [("koppla", "koppla"), ("nytt", "nytt-arende"), ("avvisa", "avvisa")])
def test_what_asks_for_more_leads_to_a_page_about_all_of_them(
    as_coordinator: Client, three: list[Observation], press: str, page: str
) -> None:
    response = as_coordinator.post(f"{MARKED}?sida=2", {"gor": press, **keys(three)})

    named = "&".join(f"o={each.pk}" for each in three)
    assert response["Location"] == f"{MARKED}{page}/?{named}&sida=2"
    shown = as_coordinator.get(response["Location"]).content.decode()
    assert ">Tre observationer</h2>" in shown
    assert [words in shown for words in ("Först", "Sedan", "Sist")] == [True] * 3


def test_they_are_attached_to_one_issue_and_taken_back_together(
    as_coordinator: Client, three: list[Observation]
) -> None:
    issue = IssueFactory(serial=41, title="Mörkt")

    response = as_coordinator.post(f"{MARKED}koppla/", {"issue": issue.pk, **keys(three)})
    assert [*issue.observations.order_by("pk")] == three
    assert said(response) == 'Tre observationer hör nu till <a href="/arenden/2026-41/">ärende 2026-41, Mörkt</a>.'

    undo = way_back(response)
    as_coordinator.get("/hjalp/")
    taken_back = as_coordinator.post(undo.url, undo.fields)

    assert states(three) == [State.NEW] * 3
    assert (
        "Tre observationer ligger bland dem som ska sorteras igen."
        in as_coordinator.get(taken_back["Location"]).content.decode()
    )


def test_they_become_one_issue_which_is_struck_when_it_is_taken_back(
    as_coordinator: Client, three: list[Observation]
) -> None:
    response = as_coordinator.post(f"{MARKED}nytt-arende/", NEW | keys(three))

    issue = Issue.objects.get()
    assert [*issue.observations.order_by("pk")] == three
    assert said(response) == created(issue, "tre observationer")
    undo = way_back(response)
    as_coordinator.post(undo.url, undo.fields)
    issue.refresh_from_db()
    assert states(three) == [State.NEW] * 3
    assert (issue.is_struck, striking_of(issue).text) == (True, "Öppnandet ångrades.")


def test_an_issue_that_something_else_has_come_to_stays_open_when_they_are_taken_back(
    as_coordinator: Client, coordinator: Member, three: list[Observation]
) -> None:
    undo = way_back(as_coordinator.post(f"{MARKED}nytt-arende/", NEW | keys(three[:2])))
    issue = Issue.objects.get()
    three[2].attach(issue, by=Actor.of(coordinator))

    as_coordinator.post(undo.url, undo.fields)

    issue.refresh_from_db()
    assert (issue.is_closed, issue.observations.get()) == (False, three[2])


def test_what_she_may_not_know_of_keeps_no_issue_that_was_opened_by_mistake(
    as_coordinator: Client, three: list[Observation], representative: Member
) -> None:
    undo = way_back(as_coordinator.post(f"{MARKED}nytt-arende/", NEW | keys(three)))
    hidden = ObservationFactory(reporter=representative, restricted=True)
    hidden.attach(Issue.objects.get(), by=Actor.of(representative))

    as_coordinator.post(undo.url, undo.fields)

    hidden.refresh_from_db()
    assert (hidden.state, hidden.restricted, states(three)) == (State.NEW, True, [State.NEW] * 3)
    assert Issue.with_struck.get().is_struck


def test_when_the_issue_has_closed_meanwhile_one_is_told_so(
    as_coordinator: Client, coordinator: Member, three: list[Observation]
) -> None:
    undo = way_back(as_coordinator.post(f"{MARKED}nytt-arende/", NEW | keys(three)))
    Issue.objects.get().close(by=Actor.of(coordinator), outcome="solved", feedback="Klart.")

    response = as_coordinator.post(undo.url, undo.fields)

    *_, told = get_messages(response.wsgi_request)
    assert str(told) == "Ärendet är inte längre öppet. Inget är ändrat."
    assert states(three) == [State.ATTACHED] * 3


def test_they_are_rejected_with_one_reason_that_each_reporter_reads(
    as_coordinator: Client, three: list[Observation]
) -> None:
    asked = as_coordinator.get(f"{MARKED}avvisa/", keys(three)).content.decode()
    response = as_coordinator.post(f"{MARKED}avvisa/", {"reason": "Redan anmält.", **keys(three)})

    assert ("Avvisa observationerna</button>" in asked, "Avvisa observationen</button>" in asked) == (True, False)

    assert {*Observation.objects.values_list("state", "rejection")} == {(State.REJECTED, "Redan anmält.")}
    assert said(response) == "Tre observationer är avvisade. De som rapporterade läser skälet."


def test_what_another_has_sorted_meanwhile_is_told_by_name_and_the_rest_goes_through(
    as_coordinator: Client, three: list[Observation]
) -> None:
    successor = MemberFactory(name="Ny Samordnare", is_coordinator=True)
    Observation.objects.get(pk=three[1].pk).reject(reason="Nej.", by=Actor.of(successor))

    response = as_coordinator.post(MARKED, {"gor": "notera", **keys(three)})

    assert states(three) == [State.NOTED, State.REJECTED, State.NOTED]
    told = r"Två observationer är noterade för lägesbilden\. Redan sorterat av någon annan: "
    assert re.fullmatch(
        rf"{told}Belysning, Norra gångtunneln \(avvisad, Ny Samordnare, i dag [\d.]+\)\.", said(response)
    )


def test_an_issue_opened_from_the_rest_says_how_many_and_which_were_sorted_already(
    as_coordinator: Client, three: list[Observation]
) -> None:
    successor = MemberFactory(name="Ny Samordnare", is_coordinator=True)
    Observation.objects.get(pk=three[1].pk).note(by=Actor.of(successor))

    response = as_coordinator.post(f"{MARKED}nytt-arende/", NEW | keys(three[:2]))

    told = f"{created(Issue.objects.get(), 'en observation')} Redan sorterat av någon annan: Belysning, "
    assert said(response).startswith(told)


def test_when_another_has_sorted_all_of_them_nothing_is_changed(
    as_coordinator: Client, three: list[Observation]
) -> None:
    successor = MemberFactory(name="Ny Samordnare", is_coordinator=True)
    for observation in three:
        Observation.objects.get(pk=observation.pk).reject(reason="Nej.", by=Actor.of(successor))

    response = as_coordinator.post(MARKED, {"gor": "notera", **keys(three)})

    assert states(three) == [State.REJECTED] * 3
    assert said(response).startswith("Observationen är avvisad (Ny Samordnare, i dag ")
    assert said(response).endswith(". Inget är ändrat.")


def test_what_another_has_sorted_anew_is_not_taken_back_with_the_rest(
    as_coordinator: Client, three: list[Observation]
) -> None:
    successor = MemberFactory(name="Ny Samordnare", is_coordinator=True)
    undo = way_back(as_coordinator.post(MARKED, {"gor": "notera", **keys(three)}))
    changed = Observation.objects.get(pk=three[1].pk)
    changed.put_back(by=Actor.of(successor))
    changed.reject(reason="Nej.", by=Actor.of(successor))

    as_coordinator.post(undo.url, undo.fields)

    assert states(three) == [State.NEW, State.REJECTED, State.NEW]


def test_restricted_and_open_ones_never_become_one_issue(as_coordinator: Client, coordinator: Member) -> None:
    open_one, kept = ObservationFactory(), ObservationFactory(restricted=True, reporter=coordinator)

    response = as_coordinator.post(f"{MARKED}nytt-arende/", NEW | keys([open_one, kept]))

    assert response.context["form"].non_field_errors() == [
        "Observationer med begränsad spridning blir ett ärende för sig. Markera bara dem, eller bara de andra."
    ]
    assert not Issue.objects.exists()


def test_nothing_is_done_with_what_she_may_not_know_of(as_coordinator: Client, three: list[Observation]) -> None:
    hidden = ObservationFactory(restricted=True)

    as_coordinator.post(MARKED, {"gor": "notera", **keys([three[0], hidden])})

    assert states([three[0], hidden]) == [State.NOTED, State.NEW]


def test_when_nothing_is_marked_she_is_told(as_coordinator: Client, three: list[Observation]) -> None:
    assert said(as_coordinator.post(MARKED, {"gor": "notera"})) == "Markera minst en observation i listan."


@pytest.mark.parametrize("written", ["", "x", "0", "9" * 30, "٢"])
def test_what_is_no_observation_is_not_there(as_coordinator: Client, written: str) -> None:
    assert as_coordinator.get(f"{MARKED}koppla/", {"o": written}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_who_sort_the_same_at_once_neither_wait_for_each_other_nor_sort_anything_twice() -> None:
    issue, waiting = IssueFactory(), [ObservationFactory() for _ in range(4)]
    both = [Actor.of(MemberFactory(is_coordinator=True)) for _ in range(2)]

    def sorting(observations: list[Observation], by: Actor) -> Sorted:
        its = Issue.objects.get(pk=issue.pk)
        return sort_each(observations, lambda each: each.attach(its, by=by))

    done = at_once(lambda: sorting(waiting[:3], both[0]), lambda: sorting(waiting[:0:-1], both[1]))

    assert [*issue.observations.order_by("pk")] == waiting
    assert sorted(each.pk for one in done for each in one.done) == [each.pk for each in waiting]
    assert sorted(each.pk for one in done for each in one.left) == [each.pk for each in waiting[1:3]]


# The keys


def test_single_keys_are_there_only_for_one_who_has_turned_them_on(
    as_coordinator: Client, coordinator: Member, three: list[Observation]
) -> None:
    assert "row-keys.js" not in as_coordinator.get("/sortera/").content.decode()

    as_coordinator.post("/sortera/tangenter/", {"on": "on"})
    coordinator.refresh_from_db()
    assert coordinator.single_keys
    page = as_coordinator.get("/sortera/").content.decode()
    assert "row-keys.js" in page
    told = {*re.findall(r"<kbd>(\w)</kbd>", page.partition("Stäng av tangenterna")[0])} - {"J", "K", "Z"}
    assert {
        key.upper() for key in re.findall(r'data-key="(\w)"', page.partition("<main")[2].partition("</main>")[0])
    } == (told - {"F"})

    as_coordinator.post("/sortera/tangenter/")
    coordinator.refresh_from_db()
    assert not coordinator.single_keys


# Where one is afterwards


def test_after_each_one_is_on_the_next_row_and_on_the_same_when_it_is_put_back(
    as_coordinator: Client, three: list[Observation]
) -> None:
    first, then, last = three
    urgent = ObservationFactory(for_meeting=True)

    def led_to(observation: Observation, act: str = "notera") -> str:
        return str(as_coordinator.post(f"/observationer/{observation.pk}/{act}/")["Location"])

    assert led_to(urgent) == f"/sortera/#observation-{first.pk}"
    assert led_to(then) == f"/sortera/#observation-{last.pk}"
    assert led_to(last) == "/sortera/"
    assert led_to(then, "tillbaka") == f"/sortera/#observation-{then.pk}"
    assert (
        f'<li class="observation" id="observation-{then.pk}" tabindex="-1">'
        in as_coordinator.get("/sortera/").content.decode()
    )
