"""The samordnare's sorting: each choice once, and the second told who was first."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from base.ui.once import ALREADY_SENT
from issues.models import Issue, Observation, Place
from members.actor import Actor
from members.models import Member
from tests.factories import CategoryFactory, IssueFactory, MemberFactory
from tests.pages import Response
from tests.people import signed_in

QUEUE = "/sortera/"
TYPED = "Det jag skrev med möda."
State = Observation.State


@pytest.fixture
def issue(tunnel: Place) -> Issue:
    return IssueFactory(serial=41, title="Mörkt i tunneln", place=tunnel, category=CategoryFactory())


@pytest.fixture
def as_successor(db: None) -> Client:
    return signed_in(MemberFactory(name="Ny Samordnare", is_coordinator=True))


def url(observation: Observation, act: str) -> str:
    return f"/observationer/{observation.pk}/{act}/"


def facts(**answers: object) -> dict[str, object]:
    return {"title": "Mörkt", "kind": "place", "where": "Tunneln"} | answers


def said(response: Response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def created(number: str, title: str) -> str:
    return f'<a href="/arenden/{number}/">Ärende {number}, {title}</a> är skapat av observationen.'


def test_the_suggestion_is_one_button(as_coordinator: Client, observation: Observation, issue: Issue) -> None:
    page = as_coordinator.get(QUEUE).content.decode()
    assert "Koppla till ärende 2026-41" in page
    assert "</a>: det gäller samma plats och samma kategori." in page

    response = as_coordinator.post(url(observation, "koppla"), {"issue": issue.pk})

    observation.refresh_from_db()
    assert (response["Location"], observation.issue) == (QUEUE, issue)
    assert said(response) == [
        f'Observationen hör nu till <a href="{issue.get_absolute_url()}">ärende 2026-41, Mörkt i tunneln</a>.'
    ]


def test_a_new_issue_begins_with_what_is_known_and_not_with_the_reporters_words(
    as_coordinator: Client, observation: Observation, tunnel: Place
) -> None:
    form = as_coordinator.get(url(observation, "nytt-arende")).context["form"]
    known = {name: form[name].value() for name in ("title", "category", "where", "text", "kind")}
    assert known == {
        "title": "Belysning, Norra gångtunneln",
        "category": observation.category_id,
        "where": "Norra gångtunneln",
        "text": None,
        "kind": Issue.Kind.PLACE,
    }

    response = as_coordinator.post(url(observation, "nytt-arende"), known | {"text": ""})

    issue = Issue.objects.get()
    assert (issue.place, issue.observations.get()) == (tunnel, observation)
    assert [str(event) for event in issue.events.order_by("pk")] == [
        "Ärendet öppnat ur en observation.",
        "Observation kopplad: belysning, Norra gångtunneln.",
    ]
    assert response["Location"] == QUEUE
    assert said(response) == [created(issue.number, "Belysning, Norra gångtunneln")]


def test_what_is_wrong_in_a_new_issue_is_said_and_the_observation_still_waits(
    as_coordinator: Client, observation: Observation
) -> None:
    response = as_coordinator.post(url(observation, "nytt-arende"), facts(title="å" * 121, text=TYPED))

    assert response.context["form"].errors == {"title": ["Texten är 1 tecken för lång. Det får plats 120."]}
    assert TYPED in response.content.decode()
    assert not Issue.objects.exists()
    observation.refresh_from_db()
    assert observation.is_new


def test_a_new_issue_sent_twice_is_one(as_coordinator: Client, observation: Observation) -> None:
    sent = facts(key="1f2e3d4c-0000-4000-8000-000000000001")

    urls = [as_coordinator.post(url(observation, "nytt-arende"), sent)["Location"] for _ in range(2)]

    assert urls == [QUEUE, QUEUE]
    assert Issue.objects.count() == 1


def test_noting_is_one_button(as_coordinator: Client, observation: Observation) -> None:
    response = as_coordinator.post(url(observation, "notera"))

    observation.refresh_from_db()
    assert (response["Location"], observation.state) == (QUEUE, State.NOTED)
    assert said(response) == ["Observationen är noterad för lägesbilden."]


def test_rejecting_asks_for_a_reason(as_coordinator: Client, observation: Observation) -> None:
    empty = as_coordinator.post(url(observation, "avvisa"), {"reason": "  "})
    too_long = as_coordinator.post(url(observation, "avvisa"), {"reason": "å" * 1001})

    assert empty.context["form"].errors == {"reason": ["Skriv varför, så att den som rapporterade får veta."]}
    assert too_long.context["form"].errors == {"reason": ["Texten är 1 tecken för lång. Det får plats 1\u202f000."]}
    assert "å" * 1001 in too_long.content.decode()

    response = as_coordinator.post(url(observation, "avvisa"), {"reason": "Redan anmält."})

    observation.refresh_from_db()
    assert (response["Location"], observation.state, observation.rejection) == (QUEUE, State.REJECTED, "Redan anmält.")


def test_what_was_sorted_too_soon_is_sorted_anew(
    as_coordinator: Client, coordinator: Member, observation: Observation
) -> None:
    observation.note(by=Actor.of(coordinator))
    assert "Sortera om" in as_coordinator.get(observation.get_absolute_url()).content.decode()

    as_coordinator.post(url(observation, "tillbaka"))

    observation.refresh_from_db()
    assert observation.is_new


def test_any_open_issue_can_be_searched_and_is_attached_to_with_one_press(
    as_coordinator: Client, observation: Observation, issue: Issue
) -> None:
    park = IssueFactory(serial=42, title="Oro i parken", where="Kvarnparken")
    address = url(observation, "koppla")

    def offered(**query: str) -> list[Issue]:
        return [suggestion.issue for suggestion in as_coordinator.get(address, query).context["offered"]]

    assert offered() == [issue, park]
    assert offered(sok="parken") == [park]
    assert offered(sok="2026-42") == [park]
    assert offered(sok="zzzzzz") == []
    assert offered(sok="\x00") == []

    assert "Inget ärende stämmer med ”zzzzzz”" in as_coordinator.get(address, {"sok": "zzzzzz"}).content.decode()

    as_coordinator.post(address, {"issue": park.pk})
    observation.refresh_from_db()
    assert observation.issue == park


@pytest.mark.parametrize("closed_or_secret", ["closed", "secret", "none", "word"])
def test_only_an_open_issue_that_she_may_know_can_be_chosen(
    as_coordinator: Client, observation: Observation, closed_or_secret: str
) -> None:
    sent = {
        "closed": IssueFactory(state="closed").pk,
        "secret": IssueFactory(restricted=True).pk,
        "none": "",
        "word": "x",
    }[closed_or_secret]

    response = as_coordinator.post(url(observation, "koppla"), {"issue": sent})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["issue"]
    observation.refresh_from_db()
    assert observation.is_new


def test_the_same_button_tapped_twice_counts_once(as_coordinator: Client, observation: Observation) -> None:
    key = {"key": "1f2e3d4c-0000-4000-8000-000000000001"}

    as_coordinator.post(url(observation, "notera"), key)
    again = as_coordinator.post(url(observation, "notera"), key, follow=True)

    assert ALREADY_SENT in again.content.decode()


@pytest.mark.parametrize("act", ["nytt-arende", "koppla", "avvisa"])
def test_the_second_samordnare_is_told_who_was_first_and_keeps_what_she_typed(
    as_successor: Client, coordinator: Member, observation: Observation, issue: Issue, act: str
) -> None:
    observation.note(by=Actor.of(coordinator))

    response = as_successor.post(url(observation, act), facts(reason=TYPED, text=TYPED, issue=issue.pk))

    sentence = "Observationen är noterad för lägesbilden (Maja Exempel, i dag "
    assert response.context["form"].non_field_errors()[0].startswith(sentence)
    assert TYPED in response.content.decode() or act == "koppla"
    assert Issue.objects.get() == issue
    observation.refresh_from_db()
    assert (observation.state, observation.triaged_by) == (State.NOTED, coordinator)


def test_a_stale_button_leads_back_with_the_same_sentence(
    as_successor: Client, coordinator: Member, observation: Observation, issue: Issue
) -> None:
    observation.attach(issue, by=Actor.of(coordinator))

    response = as_successor.post(url(observation, "notera"))

    assert response["Location"] == QUEUE
    assert said(response)[0].startswith("Observationen är kopplad till ärende 2026-41 (Maja Exempel, i dag ")


@pytest.mark.parametrize("act", ["nytt-arende", "koppla", "avvisa"])
def test_a_page_about_what_is_sorted_already_asks_for_nothing(
    as_successor: Client, coordinator: Member, observation: Observation, act: str
) -> None:
    observation.note(by=Actor.of(coordinator))

    page = as_successor.get(url(observation, act)).content.decode()

    assert "Den är redan sorterad." in page
    assert "<textarea name" not in page
