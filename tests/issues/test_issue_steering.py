"""What the samordnare does with an issue: open, change, let rest, close and reopen it; with bad and stale input."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from issues.models import Category, Issue
from members.actor import Actor
from members.models import Member, Organisation
from tests.factories import ActionFactory, IssueFactory, MemberFactory, ObservationFactory, PlaceFactory
from tests.pages import Response
from tests.people import signed_in

NEW = {"title": "Mörkt i tunneln", "kind": "place", "where": "Norra gångtunneln", "need": "3", "influence": ""}
CLOSE: dict[str, Any] = {"outcome": "solved", "feedback": "Det lyser igen."}


@pytest.fixture
def issue(db: None) -> Issue:
    return IssueFactory(title="Mörkt", where="Tunneln")


def url(issue: Issue, noun: str) -> str:
    return f"/arenden/{issue.number}/{noun}/"


def errors(response: Response) -> dict[str, list[str]]:
    found: dict[str, list[str]] = response.context["form"].errors
    return found


def said(client: Client, path: str) -> list[str]:
    return [str(message) for message in client.get(path).context["messages"]]


# Open


def test_several_texts_that_are_too_long_are_told_apart_in_the_summary(as_coordinator: Client) -> None:
    response = as_coordinator.post("/arenden/nytt/", NEW | {"title": "x" * 200, "where": "y" * 520, "text": "z" * 4260})

    assert re.findall(r'<li><a href="#id_[a-z]+">([^:]*:[^<]*?)\.', response.content.decode()) == [
        "Rubrik: Texten är 80 tecken för lång",
        "Var: Texten är 320 tecken för lång",
        "Beskrivning: Texten är 260 tecken för lång",
    ]


def test_create_opens_a_numbered_issue_at_the_known_place(as_coordinator: Client, coordinator: Member) -> None:
    place = PlaceFactory(name="Norra Gångtunneln")
    lighting = Category.objects.get(name="Belysning")

    response = as_coordinator.post("/arenden/nytt/", NEW | {"category": lighting.pk})

    issue = Issue.objects.get()
    assert response["Location"] == f"/arenden/{timezone.localdate().year}-1/"
    assert (issue.place, issue.category, issue.need, issue.influence) == (place, lighting, 3, None)
    assert (issue.opened_by, issue.state) == (coordinator, "new")


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"title": ""}, "title", "Skriv en rubrik."),
        ({"title": "x" * 121}, "title", "Texten är 1 tecken för lång. Det får plats 120."),
        ({"kind": ""}, "kind", "Välj slag."),
        ({"kind": "hittepå"}, "kind", "Det valet finns inte längre. Välj ett annat."),
        ({"category": "99999"}, "category", "Det valet finns inte längre. Välj ett annat."),
        ({"category": "abc"}, "category", "Det valet finns inte längre. Välj ett annat."),
        ({"need": "7"}, "need", "Det valet finns inte längre. Välj ett annat."),
        ({"text": "x" * 4001}, "text", "Texten är 1 tecken för lång. Det får plats 4\u202f000."),
        ({"where": "a\x00b"}, "where", "Det finns ett tecken i texten som inte går att spara. Skriv om den."),
    ],
)
def test_create_says_what_is_wrong_and_keeps_what_was_typed(
    typed: dict[str, str], field: str, sentence: str, as_coordinator: Client
) -> None:
    response = as_coordinator.post("/arenden/nytt/", {"text": "Det är mörkt."} | NEW | typed)

    assert dict(errors(response)) == {field: [sentence]}
    assert not Issue.objects.exists()
    assert "Mörkt i tunneln" in response.content.decode() or field == "title"


def test_create_sent_twice_opens_one_issue(as_coordinator: Client) -> None:
    once = NEW | {"key": str(uuid4())}

    first, second = (as_coordinator.post("/arenden/nytt/", once) for _ in range(2))

    assert first["Location"] == second["Location"]
    assert Issue.objects.count() == 1


# Change


def test_change_keeps_the_retired_category_it_has(as_coordinator: Client) -> None:
    retired = Category.objects.create(name="Utgången", active=False)
    issue = IssueFactory(category=retired)

    response = as_coordinator.post(url(issue, "andra"), NEW | {"category": retired.pk})

    issue.refresh_from_db()
    assert response["Location"] == issue.get_absolute_url()
    assert (issue.category, issue.title) == (retired, "Mörkt i tunneln")


def test_change_of_an_old_page_is_refused_then_saved_when_she_insists(as_coordinator: Client, issue: Issue) -> None:
    version = issue.version
    other = MemberFactory(name="Ny Samordnare", is_coordinator=True)
    issue.change(by=Actor.of(other), title="Becksvart")

    refused = as_coordinator.post(url(issue, "andra"), NEW | {"version": version})

    html = refused.content.decode()
    issue.refresh_from_db()
    assert issue.title == "Becksvart"
    assert ", medan du skrev. Ändrat: rubrik. Inget av ditt är sparat." in html
    assert 'value="Mörkt i tunneln"' in html
    assert f'value="{issue.version}"' in html

    as_coordinator.post(url(issue, "andra"), NEW | {"version": issue.version})
    issue.refresh_from_db()
    assert issue.title == "Mörkt i tunneln"


def test_one_who_is_refused_for_another_reason_still_does_not_know_what_came_between(
    as_coordinator: Client, issue: Issue
) -> None:
    version = issue.version
    issue.change(by=Actor.of(MemberFactory(name="Ny Samordnare", is_coordinator=True)), title="Becksvart")

    refused = as_coordinator.post(url(issue, "andra"), NEW | {"version": version, "title": ""})
    again = refused.context["form"]["version"].value()
    as_coordinator.post(url(issue, "andra"), NEW | {"version": again})

    issue.refresh_from_db()
    assert issue.title == "Becksvart"


def test_change_with_a_made_up_version_is_refused(as_coordinator: Client, issue: Issue) -> None:
    response = as_coordinator.post(url(issue, "andra"), NEW | {"version": "i går"})

    issue.refresh_from_db()
    assert (response.status_code, issue.title) == (200, "Mörkt")


# Close


def test_close_keeps_the_feedback_and_shows_it(as_coordinator: Client, issue: Issue) -> None:
    response = as_coordinator.post(url(issue, "avslut"), CLOSE, follow=True)

    assert response.redirect_chain == [(issue.get_absolute_url(), 302)]
    page = response.content.decode()
    assert "<strong>Åtgärdat.</strong>" in page
    assert page.count("Det lyser igen.") == 1, "It stands once, before all else."
    assert "<p>Ärendet avslutat: åtgärdat.</p>" in page


def test_an_earlier_ending_is_told_by_the_timeline(as_coordinator: Client, coordinator: Member, issue: Issue) -> None:
    issue.close(by=Actor.of(coordinator), outcome="solved", feedback="Det lyser igen.")
    issue.reopen(by=Actor.of(coordinator), reason="Mörkt igen.")

    page = as_coordinator.get(issue.get_absolute_url()).content.decode()

    assert "<p>Ärendet avslutat: åtgärdat. Det lyser igen.</p>" in page


def test_close_tells_who_will_read_the_feedback(
    as_coordinator: Client, issue: Issue, officer: Member, representative: Member
) -> None:
    ObservationFactory.create_batch(2, reporter=officer, issue=issue)
    ObservationFactory(reporter=representative, source="resident", issue=issue)

    html = as_coordinator.get(url(issue, "avslut")).content.decode()

    assert "Två personer från Tekniska förvaltningen och Polisen har rapporterat om det här" in html
    assert "En observation kom från någon utanför gruppen" in html


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"outcome": ""}, {"outcome": ["Välj utfall."]}),
        ({"outcome": "hittepå"}, {"outcome": ["Det valet finns inte längre. Välj ett annat."]}),
        ({"feedback": " "}, {"feedback": ["Skriv en mening till dem som har rapporterat."]}),
        ({"feedback": "x" * 501}, {"feedback": ["Texten är 1 tecken för lång. Det får plats 500."]}),
    ],
)
def test_close_says_what_is_missing(
    typed: dict[str, str], wrong: dict[str, list[str]], as_coordinator: Client, issue: Issue
) -> None:
    response = as_coordinator.post(url(issue, "avslut"), CLOSE | typed)

    issue.refresh_from_db()
    assert dict(errors(response)) == wrong
    assert issue.state == "open"


def test_close_lists_what_is_under_way_and_asks_why(as_coordinator: Client, technical: Organisation) -> None:
    issue = ActionFactory(title="Laga lampan", assignment__organisation=technical).issue

    refused = as_coordinator.post(url(issue, "avslut"), CLOSE)

    assert dict(errors(refused)) == {"despite": ["Skriv varför ärendet avslutas fast åtgärder är öppna."]}
    assert "En åtgärd är inte klar" in refused.content.decode()
    assert "Laga lampan" in refused.content.decode()
    assert "Det lyser igen." in refused.content.decode()

    as_coordinator.post(url(issue, "avslut"), CLOSE | {"despite": "Resten görs i vår."})
    issue.refresh_from_db()
    assert issue.is_closed


def test_the_second_who_closes_is_told_who_was_first_and_keeps_her_text(as_coordinator: Client, issue: Issue) -> None:
    issue.close(by=Actor.of(MemberFactory(name="Ny Samordnare")), outcome="partly", feedback="Halva lyser.")

    response = as_coordinator.post(url(issue, "avslut"), CLOSE)

    html = response.content.decode()
    issue.refresh_from_db()
    assert "Ärendet är avslutat (Ny Samordnare, " in html
    assert "Det lyser igen." in html
    assert issue.feedback == "Halva lyser."


def test_close_sent_twice_closes_once(as_coordinator: Client, issue: Issue) -> None:
    once = CLOSE | {"key": str(uuid4())}

    first, second = (as_coordinator.post(url(issue, "avslut"), once) for _ in range(2))

    assert (first["Location"], second["Location"]) == (issue.get_absolute_url(),) * 2
    assert issue.events.count() == 1


# Rest and reopen


def test_hold_and_resume(as_coordinator: Client, issue: Issue) -> None:
    as_coordinator.post(url(issue, "vila"), {"reason": "Till våren."})
    issue.refresh_from_db()
    assert issue.state == "on_hold"

    response = as_coordinator.post(url(issue, "ateruppta"))
    issue.refresh_from_db()
    assert (issue.state, response["Location"]) == ("open", issue.get_absolute_url())


def test_resume_from_an_old_page_leaves_a_rest_that_was_begun_since(
    as_coordinator: Client, issue: Issue, coordinator: Member
) -> None:
    by = Actor.of(coordinator)
    issue.pause(reason="Till våren.", by=by)
    [entry] = re.findall(r'name="entry" value="([^"]+)"', as_coordinator.get(issue.get_absolute_url()).content.decode())
    issue.resume(by=by)
    issue.pause(reason="Till hösten.", by=by)

    told = as_coordinator.post(url(issue, "ateruppta"), {"entry": entry}, follow=True)

    assert "Ärendet var återupptaget och är vilande igen" in told.content.decode()
    assert Issue.objects.get().state == "on_hold"


def test_resume_of_what_does_not_rest_is_told(as_coordinator: Client, issue: Issue) -> None:
    response = as_coordinator.post(url(issue, "ateruppta"))

    assert said(as_coordinator, response["Location"]) == ["Ärendet är öppet. Inget är ändrat."]


@pytest.mark.parametrize(
    ("noun", "sentence"),
    [("vila", "Skriv varför gruppen avvaktar."), ("oppna-igen", "Skriv varför ärendet öppnas igen.")],
)
def test_hold_and_reopen_want_a_reason(noun: str, sentence: str, as_coordinator: Client, issue: Issue) -> None:
    response = as_coordinator.post(url(issue, noun), {"reason": ""})

    assert dict(errors(response)) == {"reason": [sentence]}


def test_an_old_page_does_not_reopen_what_was_closed_anew(
    as_coordinator: Client, coordinator: Member, issue: Issue
) -> None:
    by = Actor.of(coordinator)
    issue.close(by=by, **CLOSE)
    address = url(issue, "oppna-igen")
    shown = as_coordinator.get(address).context["form"]["entry"].value()
    issue.reopen(by=by, reason="Mörkt igen.")
    issue.close(by=by, **CLOSE)

    response = as_coordinator.post(address, {"reason": "Den blinkar.", "entry": shown})

    issue.refresh_from_db()
    assert issue.is_closed
    assert "Ärendet har öppnats och avslutats igen medan du skrev" in response.content.decode()
    assert response.context["form"]["reason"].value() == "Den blinkar."

    newest = response.context["form"]["entry"].value()
    as_coordinator.post(address, {"reason": "Den blinkar.", "entry": newest})
    issue.refresh_from_db()
    assert not issue.is_closed


def test_reopen_is_seen_in_the_timeline(as_coordinator: Client, coordinator: Member, issue: Issue) -> None:
    issue.close(by=Actor.of(coordinator), **CLOSE)

    html = as_coordinator.post(url(issue, "oppna-igen"), {"reason": "Släckt igen."}, follow=True).content.decode()

    assert "Ärendet öppnat igen: Släckt igen." in html


@pytest.mark.parametrize("noun", ["vila", "oppna-igen"])
def test_a_stale_hold_or_reopen_is_a_sentence_and_keeps_the_reason(
    noun: str, as_coordinator: Client, coordinator: Member, issue: Issue
) -> None:
    if noun == "vila":
        issue.close(by=Actor.of(coordinator), **CLOSE)

    html = as_coordinator.post(url(issue, noun), {"reason": "Mitt skäl."}).content.decode()

    assert "Inget är ändrat." in html
    assert "Mitt skäl." in html


# Who


@pytest.mark.parametrize("noun", ["andra", "avslut", "vila", "ateruppta", "oppna-igen"])
def test_a_samordnare_who_is_not_named_cannot_steer_a_restricted_issue(noun: str, as_coordinator: Client) -> None:
    issue = IssueFactory(restricted=True)

    assert as_coordinator.post(url(issue, noun), {"reason": "X", **CLOSE, **NEW}).status_code == 404
    issue.refresh_from_db()
    assert issue.state == "open"


def test_a_representative_cannot_close(representative: Member, issue: Issue) -> None:
    assert signed_in(representative).post(url(issue, "avslut"), CLOSE).status_code == 403
    issue.refresh_from_db()
    assert issue.state == "open"
